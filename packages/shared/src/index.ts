export { base64Of, bytesOfBase64 } from "./base64.ts";
export * from "./errors.ts";
export { hexOf } from "./hex.ts";
export * from "./http/index.ts";
export * from "./ids.ts";
export * from "./live/index.ts";
export * from "./queue/index.ts";
export * from "./within-limit.ts";
export { joinWords, wordGap } from "./word-gap.ts";
