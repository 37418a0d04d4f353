export type { SearchFilter } from "./find-lines.ts";
export { type Search, type SearchPosition, searchCalls } from "./search-calls.ts";
