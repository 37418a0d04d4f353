import { createHash } from "node:crypto";
import type { Sha256 } from "@earwitness/core";

/** The runtime's own digest, which is native and takes chunks as they come; Web Crypto wants the whole at once. */
export function newSha256(): Sha256 {
  const hash = createHash("sha256");
  return {
    update: (chunk) => void hash.update(chunk),
    hex: () => hash.digest("hex"),
  };
}
