export { type ChecksumPorts, checkChecksums } from "./check-checksums.ts";
export { checkStorage } from "./check-storage.ts";
export { CHECKED_ROWS } from "./find-missing.ts";
export { CHECKED_FOLDERS, nameObject, TRASH_PREFIX, trashKey } from "./name-object.ts";
