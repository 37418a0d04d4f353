export { downloadExport } from "./download-export.ts";
export { expireExports } from "./expire-exports.ts";
export { exportFileName, exportKey } from "./export-keys.ts";
export { makeExport } from "./make-export.ts";
export { stopExport } from "./stop-export.ts";
