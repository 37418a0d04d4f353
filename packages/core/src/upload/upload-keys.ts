import { type CallId, isId, type UploadId, type UserId, type WorkspaceId } from "@earwitness/shared";

/** Everything that nobody has looked at yet lies below it. */
export const QUARANTINE = "quarantine/";

interface Named {
  readonly id: UploadId;
  readonly workspaceId: WorkspaceId;
}

/** Where a file lies until it is accepted. Keys are made of ids alone: nothing that a client says gets into one. */
export function quarantineKey({ workspaceId, id }: Named): string {
  return `${QUARANTINE}${workspaceId}/${id}`;
}

/** Whose file a key in quarantine is; null for a key that we never gave out. */
export function uploadOfKey(key: string): UploadId | null {
  const [area, workspaceId, id, ...rest] = key.split("/");
  if (`${area}/` !== QUARANTINE || workspaceId === undefined || id === undefined || rest.length > 0) return null;
  return isId("workspace", workspaceId) && isId("upload", id) ? id : null;
}

/** Where a call's screenshot lies, for ever. */
export function screenshotKey({ workspaceId, id }: Named, callId: CallId, extension: string): string {
  return `screenshots/${workspaceId}/${callId}/${id}.${extension}`;
}

/** Where a person's picture lies until they choose another. A person is of no workspace. */
export function avatarKey({ id }: Pick<Named, "id">, userId: UserId, extension: string): string {
  return `avatars/${userId}/${id}.${extension}`;
}

/** The upload that a person's picture came by; null for an address elsewhere, which a provider of identities may have left. */
export function uploadOfAvatar(key: string): UploadId | null {
  const [area, userId, file, ...rest] = key.split("/");
  if (area !== "avatars" || userId === undefined || file === undefined || rest.length > 0) return null;
  const id = file.split(".")[0] ?? "";
  return isId("user", userId) && isId("upload", id) ? id : null;
}
