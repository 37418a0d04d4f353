import { EarwitnessError, type WorkspaceId } from "@earwitness/shared";

/** Everything that is to be imported lies below it, each workspace's files in a folder of its own. */
const IMPORTS = "imports/";
/** What names the files, beside them. */
const TABLE = "calls.csv";

/** Folders below each other, of the letters that every store and every shell takes as they are. */
const FOLDERS = /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*\/?$/;
/** The same, of a file: also spaces, which telephone systems like. */
const FILE = /^(?:[\w+][\w .+-]*\/)*[\w+][\w .+-]*$/;

/** Where an import's files lie. Throws `invalid_request` for what is no folder's name. */
export function importPrefix(workspaceId: WorkspaceId, asked: string): string {
  if (!FOLDERS.test(asked)) {
    throw new EarwitnessError("invalid_request", "There is no such folder: see errors.", {
      fields: [
        { pointer: "#/prefix", detail: "must be a folder's name: letters, digits, . _ - and / between folders" },
      ],
    });
  }
  return `${IMPORTS}${workspaceId}/${asked.replace(/\/$/, "")}/`;
}

/** Where its table lies. */
export function tableKey(prefix: string): string {
  return `${prefix}${TABLE}`;
}

/** Where a file lies that a table names; null for a name that leads out of the folder, or that no file of ours has. */
export function importedFileKey(prefix: string, file: string): string | null {
  return FILE.test(file) ? `${prefix}${file}` : null;
}
