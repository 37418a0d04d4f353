export * from "./add-note.ts";
export * from "./remove-note.ts";
