export type { Charged, Quota, RateLimiterDoor } from "./quota.ts";
export { SlidingWindow } from "./sliding-window.ts";
