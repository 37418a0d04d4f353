export { ImportRowDetails } from "./import-row-details.ts";
export { startImport } from "./start-import.ts";
