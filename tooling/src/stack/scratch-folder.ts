import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for one run of a command, and what the run has started, of which nothing is left behind. */
export interface ScratchFolder {
  readonly path: string;
  /** To be undone at the end, the last first, before the folder goes. */
  onEnd(undo: () => Promise<void> | void): void;
  /** Undoes everything. What has been undone is not undone again. */
  end(): Promise<void>;
}

/** Makes the folder. A run that is interrupted ends as well, with 130. With `keep` the folder itself stays. */
export function makeScratchFolder(name: string, { keep = false } = {}): ScratchFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `earwitness-${name}-`));
  const undoings: (() => Promise<void> | void)[] = [];
  if (!keep) undoings.push(() => rmSync(folder, { recursive: true, force: true }));
  async function end() {
    for (const undo of undoings.splice(0).reverse()) await undo();
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void end().then(() => process.exit(130)));
  return { path: folder, onEnd: (undo) => void undoings.push(undo), end };
}
