export * from "./coverage-of.ts";
export * from "./file-timeline.ts";
export * from "./file-timeline-of.ts";
export * from "./spans.ts";
