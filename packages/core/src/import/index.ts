export { IMPORTS } from "./import-keys.ts";
export { ImportRowDetails } from "./import-row-details.ts";
export { startImport } from "./start-import.ts";
