export { createR2Store, type R2Settings } from "./r2/store.ts";
export { newSha256, newSha512 } from "./sha256.ts";
