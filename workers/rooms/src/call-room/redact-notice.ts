import { callOf, type MachineState } from "@earwitness/core";
import { readTelnyxEvent } from "@earwitness/providers/telephony";
import type { RawNotice } from "@earwitness/shared";
import { z } from "zod";
import type { CarrierClock } from "./carrier-clock.ts";

const KeyPressed = z.looseObject({
  data: z.looseObject({ event_type: z.literal("call.dtmf.received"), payload: z.looseObject({ digit: z.string() }) }),
});

/** What we know of the carrier's clock is late by the time that its fastest notice was under way. */
const CLOCK_GUARD_MS = 1000;

/**
 * A notice as it may be kept. A pause is there for card numbers, and a caller may type theirs: which key was pressed is left
 * out then, everything else stays as the carrier wrote it. Notices come late, and again: it counts when the key was pressed,
 * and what was pressed before the end of the last pause may have been pressed in it.
 */
export function withoutPausedKeys(notice: RawNotice, state: MachineState, clock: Pick<CarrierClock, "at">): RawNotice {
  if (notice.vendor !== "telnyx" || notice.eventType !== "call.dtmf.received") return notice;
  const paused = callOf(state)?.steering.pause.wished ?? null;
  if (paused === null) return notice;
  const endMs = paused.isOn ? Number.POSITIVE_INFINITY : clock.at(Date.parse(paused.at)) + CLOCK_GUARD_MS;
  return pressedAtMs(notice) > endMs ? notice : withoutKey(notice);
}

/** When the key was pressed, by the carrier's clock; one that is not understood may have been pressed at any time. */
function pressedAtMs({ body, receivedAt }: RawNotice): number {
  return Date.parse(readTelnyxEvent(body, receivedAt)?.at ?? "") || Number.NEGATIVE_INFINITY;
}

function withoutKey(notice: RawNotice): RawNotice {
  const parsed = KeyPressed.safeParse(jsonOf(notice.body));
  // One that is not understood may hold the key anywhere.
  if (!parsed.success) return { ...notice, body: "", verdict: "unreadable" };
  const { data } = parsed.data;
  const redacted = { ...parsed.data, data: { ...data, payload: { ...data.payload, digit: "redacted" } } };
  return { ...notice, body: JSON.stringify(redacted) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
