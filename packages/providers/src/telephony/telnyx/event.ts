import type { CarrierEvent } from "@earwitness/core";
import { z } from "zod";
import { parseJson } from "../../http/index.ts";
import { readLiveEvent } from "./live-event.ts";

/** What is no instant counts as not told, because no notice is worth losing for a date. */
const instant = z.iso.datetime().nullish().catch(null);
/** The longest call takes a day, and its notices a minute more: an instant further away is some clock's zero. */
const PLAUSIBLE_MS = 48 * 3_600_000;

const Envelope = z.object({
  data: z.object({
    occurred_at: instant,
    event_type: z.string(),
    payload: z.looseObject({
      call_control_id: z.string().nullish(),
      call_leg_id: z.string(),
      call_session_id: z.string(),
    }),
  }),
});

/** Who withholds the number is "anonymous" where the carrier writes anything at all. */
const Party = z.object({ from: z.string().min(1).catch("anonymous"), to: z.string() });
const Initiated = Party.extend({ direction: z.enum(["incoming", "outgoing"]) });
const SpeakEnded = z.object({ status: z.string().nullish() });
const MachineEnded = z.object({ result: z.string() });
const HangUp = z.object({
  hangup_cause: z.string().nullish().catch(null),
  hangup_source: z.enum(["caller", "callee", "unknown"]).nullish().catch("unknown"),
  sip_hangup_cause: z.coerce.string().nullish().catch(null),
});
const Urls = z.object({ wav: z.string().nullish(), mp3: z.string().nullish() }).nullish().catch(null);
const RecordingSaved = z.object({
  recording_id: z.string().nullish().catch(null),
  channels: z.enum(["single", "dual"]).nullish().catch(null),
  format: z.enum(["wav", "mp3"]).nullish().catch(null),
  recording_started_at: instant,
  recording_ended_at: instant,
  recording_urls: Urls,
});
const RecordingError = z.object({ reason: z.string().nullish() });

/** What standard and premium detection say, in our three words; a fax machine is a machine. */
const MACHINE_RESULTS: ReadonlyMap<string, "human" | "machine" | "not_sure"> = new Map([
  ["human", "human"],
  ["human_residence", "human"],
  ["human_business", "human"],
  ["machine", "machine"],
  ["fax_detected", "machine"],
]);

const COMMANDING: ReadonlySet<string> = new Set(["call.initiated", "call.answered", "call.hangup"]);

/**
 * A kept notice in our words, or null where it cannot be understood. Everything that Telnyx's types call optional is read
 * so: only what names the leg is required, and of `call.initiated` who is called. `receivedAt` stands in for an `occurred_at`
 * that is missing or days away from it. Sources: the API's webhook schemas, and bodies captured from live calls where those say more.
 */
export function readTelnyxEvent(body: string, receivedAt: string): CarrierEvent | null {
  const envelope = Envelope.safeParse(parseJson(body));
  if (!envelope.success) return null;
  const { occurred_at, event_type, payload } = envelope.data.data;
  const leg = {
    controlId: payload.call_control_id ?? "",
    legId: payload.call_leg_id,
    sessionId: payload.call_session_id,
  };
  // By some of these a call learns the leg that it commands; a recording's notice may come without, by Telnyx's types.
  if (leg.controlId === "" && COMMANDING.has(event_type)) return null;
  const told = plausible(receivedAt);
  return eventOf(event_type, { at: told(occurred_at) ?? receivedAt, leg }, payload, told);
}

/** Reads the instants of a notice that came at `receivedAt`; null for one that cannot be meant. */
function plausible(receivedAt: string): (told: string | null | undefined) => string | null {
  return (told) => (told && Math.abs(Date.parse(told) - Date.parse(receivedAt)) <= PLAUSIBLE_MS ? told : null);
}

function eventOf(
  type: string,
  base: Pick<CarrierEvent, "at" | "leg">,
  payload: unknown,
  told: ReturnType<typeof plausible>,
): CarrierEvent | null {
  switch (type) {
    case "call.initiated": {
      const parsed = Initiated.safeParse(payload);
      if (!parsed.success) return null;
      const { direction, from, to } = parsed.data;
      return { ...base, type: "initiated", direction: direction === "incoming" ? "inbound" : "outbound", from, to };
    }
    case "call.answered":
      return { ...base, type: "answered", parties: partiesOf(payload) };
    case "call.speak.ended": {
      const parsed = SpeakEnded.safeParse(payload);
      return parsed.success ? { ...base, type: "speak_ended", completed: parsed.data.status === "completed" } : null;
    }
    case "call.machine.detection.ended":
    case "call.machine.premium.detection.ended": {
      const parsed = MachineEnded.safeParse(payload);
      if (!parsed.success) return null;
      return { ...base, type: "machine_detected", result: MACHINE_RESULTS.get(parsed.data.result) ?? "not_sure" };
    }
    case "call.hangup": {
      const parsed = HangUp.safeParse(payload);
      if (!parsed.success) return null;
      const { hangup_cause, hangup_source, sip_hangup_cause } = parsed.data;
      return {
        ...base,
        type: "hangup",
        carrierCause: hangup_cause ?? "unspecified",
        source: hangup_source ?? "unknown",
        sipCode: sip_hangup_cause && /^\d{3}$/.test(sip_hangup_cause) ? sip_hangup_cause : null,
        parties: partiesOf(payload),
      };
    }
    case "call.recording.saved": {
      const parsed = RecordingSaved.safeParse(payload);
      return parsed.success ? { ...base, ...recordingOf(parsed.data, told) } : null;
    }
    case "call.recording.error": {
      const parsed = RecordingError.safeParse(payload);
      return parsed.success ? { ...base, type: "recording_error", reason: parsed.data.reason ?? "unknown" } : null;
    }
    default:
      return readLiveEvent(type, base, payload) ?? { ...base, type: "other", name: type };
  }
}

function recordingOf(saved: z.infer<typeof RecordingSaved>, told: ReturnType<typeof plausible>) {
  const { recording_urls: urls } = saved;
  // Only the format that was asked for is filled; the field that names it is not in Telnyx's types.
  const format = saved.format ?? (urls?.mp3 && !urls.wav ? "mp3" : "wav");
  return {
    type: "recording_saved" as const,
    carrierRecordingId: saved.recording_id ?? null,
    channels: saved.channels === "single" ? 1 : 2,
    format,
    startedAt: told(saved.recording_started_at),
    endedAt: told(saved.recording_ended_at),
    url: urls?.[format] ?? null,
  };
}

function partiesOf(payload: unknown): { from: string; to: string } | null {
  const parsed = Party.safeParse(payload);
  return parsed.success ? parsed.data : null;
}
