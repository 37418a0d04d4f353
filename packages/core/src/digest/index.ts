export { askForDigests } from "./ask-for-digests.ts";
export { makeDigest } from "./make-digest.ts";
export { type Week, weekBefore, weekNamed } from "./week.ts";
