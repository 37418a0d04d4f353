export * from "./blob-store.ts";
export * from "./clock.ts";
export * from "./mailer.ts";
export * from "./telephony.ts";
export * from "./transcriber.ts";
