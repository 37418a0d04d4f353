import type { RawNotice } from "@earwitness/shared";
import { z } from "zod";

const KeyPressed = z.looseObject({
  data: z.looseObject({ event_type: z.literal("call.dtmf.received"), payload: z.looseObject({ digit: z.string() }) }),
});

/**
 * A notice as it may be kept while recording is paused. A pause is there for card numbers, and a caller may type theirs: which
 * key was pressed is left out then, everything else stays as the carrier wrote it.
 */
export function withoutKeys(notice: RawNotice): RawNotice {
  if (notice.vendor !== "telnyx" || notice.eventType !== "call.dtmf.received") return notice;
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
