export { parseSearch, type SearchTerm } from "./parse-search.ts";
export { partWords, type WordPart } from "./part-words.ts";
