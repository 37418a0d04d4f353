export { type ChecksumPorts, checkChecksums } from "./check-checksums.ts";
export { checkStorage } from "./check-storage.ts";
export { nameObject, TRASH_PREFIX, trashKey } from "./name-object.ts";
