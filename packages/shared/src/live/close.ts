/**
 * Documented close codes of `/live`. `unauthenticated`: no right token came in time, or the session or key is no more; sign in
 * or ask for another token. `tooSlow`: too much was sent that was not acknowledged; come back with the last sequence number.
 * `badMessage`: not one of the documented actions. `goingAway`: come back at once.
 */
export const LIVE_CLOSE = {
  goingAway: 1001,
  badMessage: 4400,
  unauthenticated: 4401,
  forbiddenOrigin: 4403,
  notFound: 4404,
  tooSlow: 4408,
  tooMany: 4429,
} as const;

/** Clients send the text `ping` every 30 s; the object answers `pong` without waking. */
export const LIVE_PING = "ping";
export const LIVE_PONG = "pong";

/** A client without a session cookie authenticates with its first frame, within this time. */
export const LIVE_AUTHENTICATE_WITHIN_MS = 5_000;
/** Clients acknowledge at least every so many frames; one with more than `LIVE_MOST_UNACKED` is dropped as too slow. */
export const LIVE_ACK_EVERY = 20;
export const LIVE_MOST_UNACKED = 400;
