export * from "./begin-export.ts";
export * from "./changes-between.ts";
export * from "./in-log-order.ts";
export * from "./keep-heads.ts";
export * from "./record-serving.ts";
export * from "./stretch.ts";
