export { takeImport } from "./take-import.ts";
