import type { Parties } from "../ports/telephony.ts";
import type { Call, EarlyEvent, LiveState, MachineState } from "./machine-state.ts";
import { streamDueAt } from "./stream.ts";

/** Until when a state may last, and what it is that did not come in time. */
export interface Deadline {
  readonly name:
    | "beginning_lost"
    | "line_gone"
    | "routing_late"
    | "answer_unheard"
    | "dial_lost"
    | "ring_unheard"
    | "detection_late"
    | "announcement_unheard"
    | "talk_unending"
    | "stream_due"
    | "transfer_unheard"
    | "recording_lost";
  readonly at: string;
}

/** How long the other phone rings before the carrier gives up: Telnyx's own default for `timeout_secs`. */
export const RING_TIMEOUT_MS = 30_000;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The carrier's redelivery is over after a minute: what began a call is then lost for good. */
const BEGINNING_LOST_MS = MINUTE;
/** Between the carrier's word that a call is over and the notice that says how: redelivery takes up to a minute. */
const LINE_GONE_MS = 30 * SECOND;
const HANG_UP_UNHEARD_MS = MINUTE;
/** The driver gives up its lookup long before; this is the net below it. */
const ROUTING_LATE_MS = 15 * SECOND;
/** An accepted answer is answered within a second; after this its notice is taken as lost. */
const ANSWER_UNHEARD_MS = 30 * SECOND;
/** Nobody lets it ring longer when our answer does not reach the carrier. */
const ANSWER_NEVER_TAKEN_MS = 2 * MINUTE;
const DIAL_LOST_MS = 2 * MINUTE;
/** Reconciliation asks the carrier every five minutes: by then it would have told of a lost answer or end. */
const RING_UNHEARD_MS = RING_TIMEOUT_MS + 11 * MINUTE;
/** The carrier takes the command within a minute, rings as long as it may, and repeats its notices for a minute. */
const TRANSFER_UNHEARD_MS = RING_TIMEOUT_MS + 2 * MINUTE;
/** The carrier decides within 5 s of the answer (`total_analysis_time_millis` 3 500 by default). */
const DETECTION_LATE_MS = 10 * SECOND;
/** Slow speech takes some 100 ms a character; twice that, and a start. */
const ANNOUNCEMENT_START_MS = 15 * SECOND;
const ANNOUNCEMENT_MS_PER_CHARACTER = 200;
/** The carrier ends a dialed call after four hours (`time_limit_secs` 14 400); an inbound one has no limit of its own. */
const DIALED_TALK_MS = 4 * HOUR + 15 * MINUTE;
const INBOUND_TALK_MS = 24 * HOUR;
/** Reconciliation looks for a missing recording for a day; a day later the room gives up too. */
const RECORDING_LOST_MS = 48 * HOUR;

/** The next deadline of a state, or null where nothing is expected. Times are of our own clock. */
export function deadlineOf(state: MachineState): Deadline | null {
  switch (state.phase) {
    case "awaited": {
      const proof = proofOfCall(state.early);
      return proof === null ? null : { name: "beginning_lost", at: later(proof.at, BEGINNING_LOST_MS) };
    }
    case "ended":
      return state.recording === "requested" || state.recording === "running"
        ? { name: "recording_lost", at: later(state.since, RECORDING_LOST_MS) }
        : null;
    default:
      return overDeadlineOf(state.call) ?? earliest(phaseDeadlineOf(state), talkDeadlinesOf(state));
  }
}

/** What is awaited of a call while it is talked, beside its end. */
function talkDeadlinesOf(state: LiveState): Deadline[] {
  if (state.phase !== "talking") return [];
  const { stream, steering } = state.call;
  const streamDue = stream === null ? null : streamDueAt(stream);
  const deadlines: Deadline[] = streamDue === null ? [] : [{ name: "stream_due", at: streamDue }];
  const { transfer } = steering;
  if (transfer?.phase === "asked" || transfer?.phase === "ringing") {
    deadlines.push({ name: "transfer_unheard", at: later(transfer.at, TRANSFER_UNHEARD_MS) });
  }
  return deadlines;
}

function earliest(first: Deadline, others: readonly Deadline[]): Deadline {
  return others.reduce((next, other) => (Date.parse(other.at) < Date.parse(next.at) ? other : next), first);
}

/**
 * What proves that a call came in though its first notice is lost: the first one that tells who spoke with whom, of a leg that
 * nobody is known to have dialed. Null where nothing does.
 */
export function proofOfCall(
  early: readonly EarlyEvent[],
): { at: string; event: EarlyEvent["event"]; parties: Parties } | null {
  // Kept of first notices are those of legs that were dialed past us alone.
  const dialed = new Set(early.filter(({ event }) => event.type === "initiated").map(({ event }) => event.leg.legId));
  for (const { at, event } of early) {
    const parties = event.type === "answered" || event.type === "hangup" ? event.parties : null;
    if (parties !== null && !dialed.has(event.leg.legId)) return { at, event, parties };
  }
  return null;
}

/** Once the line is known to be over, or we asked for it, only the hang-up notice is waited for. */
function overDeadlineOf(call: Call): Deadline | null {
  if (call.goneAt !== null) return { name: "line_gone", at: later(call.goneAt, LINE_GONE_MS) };
  if (call.ending?.isSent) return { name: "line_gone", at: later(call.ending.at, HANG_UP_UNHEARD_MS) };
  return null;
}

function phaseDeadlineOf(state: LiveState): Deadline {
  const { since } = state;
  switch (state.phase) {
    case "routing":
      return { name: "routing_late", at: later(since, ROUTING_LATE_MS) };
    case "answering":
      return state.acceptedAt === null
        ? { name: "answer_unheard", at: later(since, ANSWER_NEVER_TAKEN_MS) }
        : { name: "answer_unheard", at: later(state.acceptedAt, ANSWER_UNHEARD_MS) };
    case "dialing":
      return { name: "dial_lost", at: later(since, DIAL_LOST_MS) };
    case "ringing":
      return { name: "ring_unheard", at: later(since, RING_UNHEARD_MS) };
    case "detecting":
      return { name: "detection_late", at: later(since, DETECTION_LATE_MS) };
    case "announcing": {
      const ms = ANNOUNCEMENT_START_MS + state.text.length * ANNOUNCEMENT_MS_PER_CHARACTER;
      return { name: "announcement_unheard", at: later(since, ms) };
    }
    case "talking": {
      const ms = state.call.direction === "outbound" ? DIALED_TALK_MS : INBOUND_TALK_MS;
      return { name: "talk_unending", at: later(since, ms) };
    }
  }
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** Tells whether nothing more is expected of the room's call by itself, so that the room may be emptied. */
export function isSettled(state: MachineState): boolean {
  return (state.phase === "awaited" || state.phase === "ended") && deadlineOf(state) === null;
}
