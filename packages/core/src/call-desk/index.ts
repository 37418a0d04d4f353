export { applyNobodysNoticeAgain, type SortNotice } from "./apply-nobodys-notice-again.ts";
export { applyNoticeAgain } from "./apply-notice-again.ts";
export type { CallRooms } from "./call-rooms.ts";
export * from "./hang-up.ts";
export * from "./place-call.ts";
export * from "./steer-call.ts";
