export { applyNoticeAgain } from "./apply-notice-again.ts";
export type { CallRooms } from "./call-rooms.ts";
export * from "./hang-up.ts";
export * from "./place-call.ts";
export { type SendNotice, sendNoticeAgain } from "./send-notice-again.ts";
export * from "./steer-call.ts";
