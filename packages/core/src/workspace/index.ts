export { exactOrigins } from "./allowed-origins.ts";
export * from "./claim-carrier-numbers.ts";
export * from "./create-workspace.ts";
export type * from "./room-door.ts";
export * from "./routing-snapshot.ts";
export * from "./routing-snapshot-of.ts";
export { setOwnPhone } from "./set-own-phone.ts";
export * from "./sync-numbers.ts";
export * from "./update-number.ts";
