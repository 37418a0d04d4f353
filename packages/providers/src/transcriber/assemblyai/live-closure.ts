import type { LiveClosure } from "@earwitness/core";

type Meaning = Pick<LiveClosure, "kind" | "again">;

const LOST: Meaning = { kind: "lost", again: "at_once" };
const REFUSED: Meaning = { kind: "refused", again: "never" };
const BUSY: Meaning = { kind: "refused", again: "later" };
const LIMIT: Meaning = { kind: "limit", again: "at_once" };

/**
 * What the vendor's close codes mean for a caller. 3006 and 3007 are faults of ours: another session makes them again, but not
 * at once. The 4000s are of its older interface, and still in its own client.
 */
const BY_CODE: Readonly<Record<number, Meaning>> = {
  1000: { kind: "finished", again: "at_once" },
  1008: REFUSED,
  3005: LOST,
  3006: { kind: "refused", again: "later" },
  3007: { kind: "lost", again: "later" },
  3008: LIMIT,
  3009: BUSY,
  4001: REFUSED,
  4002: REFUSED,
  4003: REFUSED,
  4008: LIMIT,
  4029: BUSY,
  4031: LOST,
  4101: REFUSED,
};

/** The end of a session by its socket's close code, with the sentence of the vendor's last `Error` frame if there was one. */
export function closureOfCode(code: number, message: string): LiveClosure {
  return { ...(BY_CODE[code] ?? LOST), code, message };
}

/** The end of a session that did not begin, by the HTTP status of the handshake. */
export function closureOfStatus(status: number, message: string): LiveClosure {
  if (status === 429 || status >= 500) return { ...BUSY, code: status, message };
  return { ...REFUSED, code: status, message };
}
