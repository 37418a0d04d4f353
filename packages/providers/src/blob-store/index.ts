export { newSha256, newSha512 } from "./hasher.ts";
export { createR2Store, type R2Settings } from "./r2/store.ts";
