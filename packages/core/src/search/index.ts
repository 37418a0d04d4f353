export { parseSearch, type SearchTerm } from "./parse-search.ts";
