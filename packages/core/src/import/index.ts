export { ImportRowDetails } from "./import-row-details.ts";
