export { createR2Store, type R2Settings } from "./r2/store.ts";
