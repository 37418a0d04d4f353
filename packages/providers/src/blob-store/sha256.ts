import { createHash } from "node:crypto";
import type { Sha256 } from "@earwitness/core";

/** The runtime's own digest, which is native and takes chunks as they come; Web Crypto wants the whole at once. */
export function newSha256(): Sha256 {
  return digestBy("sha256");
}

/** The same by SHA-512, for formats that know no other. */
export function newSha512(): Sha256 {
  return digestBy("sha512");
}

function digestBy(algorithm: "sha256" | "sha512"): Sha256 {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    hex: () => hash.digest("hex"),
  };
}
