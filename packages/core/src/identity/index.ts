export * from "./api-key.ts";
export * from "./create-api-key.ts";
export * from "./identify.ts";
export * from "./open-session.ts";
export * from "./permissions.ts";
export * from "./revoke-api-key.ts";
export * from "./secret.ts";
export * from "./sign-in-mail.ts";
