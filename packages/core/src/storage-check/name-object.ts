import { type Id, type IdKind, isId, type WorkspaceId } from "@earwitness/shared";
import type { NamedObject } from "../ports/repositories/index.ts";

/** An object in one of the places that are ours alone. `named` is null where its key is none that we ever gave out. */
export interface FoundObject {
  readonly key: string;
  readonly workspaceId: WorkspaceId | null;
  readonly named: NamedObject | null;
}

/** Where objects lie whose keys say what they are: the folders that are ours alone. */
export const CHECKED_FOLDERS = ["recordings/", "peaks/", "chunks/", "screenshots/", "exports/", "avatars/"] as const;

/**
 * What an object's key says that it is; null for one that lies where we do not clear up: what waits to be looked at, what was
 * moved away, heads of audit logs, and everything that people put into the bucket themselves.
 */
export function nameObject(key: string): FoundObject | null {
  const [area, owner = "", ...path] = key.split("/");
  const workspaceId = isId("workspace", owner) ? owner : null;
  const file = path.at(-1)?.split(".")[0] ?? "";
  const of = (named: NamedObject | null): FoundObject => ({ key, workspaceId, named });
  switch (area) {
    case "recordings":
    case "peaks": {
      const recordingId = idIn("recording", file);
      return of(recordingId && { key, of: area === "peaks" ? "peaks" : "recording", recordingId });
    }
    case "chunks": {
      const callId = idIn("call", path[0] ?? "");
      return of(callId && { key, of: "chunk", callId });
    }
    case "screenshots": {
      const uploadId = idIn("upload", file);
      return of(uploadId && { key, of: "screenshot", uploadId });
    }
    case "avatars": {
      const userId = idIn("user", owner);
      return of(userId && { key, of: "avatar", userId });
    }
    case "exports": {
      const exportId = idIn("export", file);
      return of(exportId && { key, of: "export", exportId });
    }
    default:
      return null;
  }
}

function idIn<K extends IdKind>(kind: K, text: string): Id<K> | null {
  return isId(kind, text) ? text : null;
}

/** Where an object lies that nobody knows, until the bucket's own rule deletes it. */
export const TRASH_PREFIX = "trash/";

/** Where an object is moved to that nobody knows. */
export function trashKey(key: string): string {
  return `${TRASH_PREFIX}${key}`;
}
