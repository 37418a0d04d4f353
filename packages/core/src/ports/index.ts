export * from "./blob-store.ts";
export * from "./clock.ts";
export * from "./log.ts";
export * from "./mailer.ts";
export * from "./repositories/index.ts";
export * from "./telephony.ts";
export * from "./transcriber.ts";
export * from "./unit-of-work.ts";
