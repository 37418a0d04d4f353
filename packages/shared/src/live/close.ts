/** Documented close codes of `/live`. What is refused before the upgrade, as a page of another origin is, is answered by HTTP. */
export const LIVE_CLOSE = {
  goingAway: 1001,
  badMessage: 4400,
  unauthenticated: 4401,
  notFound: 4404,
  tooSlow: 4408,
  tooMany: 4429,
} as const;

/** What each close code says, and what to do. */
export const LIVE_CLOSE_MEANS: Readonly<Record<keyof typeof LIVE_CLOSE, string>> = {
  goingAway: "The server makes room, or what you may here has changed. Come back at once.",
  badMessage: "A message was none of the documented actions, or came where it has no place.",
  unauthenticated: "No right token came in time, or the session or key is no more. Sign in, or ask for another token.",
  notFound: "There is no such call, or it is another workspace's.",
  tooSlow: "Too much was sent that was not acknowledged. Come back with the last sequence number.",
  tooMany: "Too many watch already. Come back later.",
};

/** Clients send the text `ping` every 30 s; the object answers `pong` without waking. */
export const LIVE_PING = "ping";
export const LIVE_PONG = "pong";

/** A client without a session cookie authenticates with its first frame, within this time. */
export const LIVE_AUTHENTICATE_WITHIN_MS = 5_000;
/** Clients acknowledge at least every so many frames; one with more than `LIVE_MOST_UNACKED` is dropped as too slow. */
export const LIVE_ACK_EVERY = 20;
export const LIVE_MOST_UNACKED = 400;
