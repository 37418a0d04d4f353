import { uploadOfAvatar } from "@earwitness/core";
import type { UserId } from "@earwitness/shared";

/** Where a person's picture is served; null where they have none of ours. It changes with the picture, so that no old one is shown. */
export function avatarUrlOf({ id, image }: { id: UserId; image: string | null }): string | null {
  const version = image === null ? null : uploadOfAvatar(image);
  return version === null ? null : `/v1/users/${id}/avatar?v=${version}`;
}
