import { createHash } from "node:crypto";
import type { Hasher } from "@earwitness/core";

/** The runtime's own digest, which is native and takes chunks as they come; Web Crypto wants the whole at once. */
export function newSha256(): Hasher {
  return hasherOf("sha256");
}

/** The same by SHA-512, for formats that know no other. */
export function newSha512(): Hasher {
  return hasherOf("sha512");
}

function hasherOf(algorithm: "sha256" | "sha512"): Hasher {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    hex: () => hash.digest("hex"),
  };
}
