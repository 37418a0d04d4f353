import type { CarrierEvent } from "@earwitness/core";
import { z } from "zod";

const text = z.string().nullish().catch(null);

const Streaming = z.object({ stream_url: text });
const StreamingFailed = z.object({
  failure_reason: text,
  stream_url: text,
  stream_params: z.object({ stream_url: text }).nullish().catch(null),
});
const PlaybackEnded = z.object({ status: text, media_url: text });
const Dtmf = z.object({ digit: z.string().min(1) });

/** How a playback ends that nobody stopped and that did not reach its end. Source: Telnyx `call.playback.ended`. */
const NOT_PLAYED: ReadonlySet<string> = new Set(["file_not_found", "failed"]);

/**
 * A notice of what happens between the answer and the end of a call, in our words; null for any other, or one that does not
 * hold what makes it one. Streaming's events have no `call.` before their name.
 */
export function readLiveEvent(
  type: string,
  base: Pick<CarrierEvent, "at" | "leg">,
  payload: unknown,
): CarrierEvent | null {
  switch (type) {
    case "streaming.started":
    case "streaming.stopped": {
      const parsed = Streaming.safeParse(payload);
      if (!parsed.success) return null;
      const ours = type === "streaming.started" ? "stream_started" : "stream_stopped";
      return { ...base, type: ours, url: parsed.data.stream_url ?? null };
    }
    case "streaming.failed": {
      const parsed = StreamingFailed.safeParse(payload);
      if (!parsed.success) return null;
      const { failure_reason, stream_url, stream_params } = parsed.data;
      const url = stream_params?.stream_url ?? stream_url ?? null;
      return { ...base, type: "stream_failed", reason: failure_reason ?? "unknown", url };
    }
    case "call.bridged":
      return { ...base, type: "bridged" };
    case "call.playback.ended": {
      const parsed = PlaybackEnded.safeParse(payload);
      if (!parsed.success) return null;
      const status = parsed.data.status ?? "unknown";
      const failure = NOT_PLAYED.has(status) ? status : null;
      return {
        ...base,
        type: "play_ended",
        completed: status === "completed",
        sound: soundOf(parsed.data.media_url),
        failure,
      };
    }
    case "call.dtmf.received": {
      const parsed = Dtmf.safeParse(payload);
      return parsed.success ? { ...base, type: "dtmf_received", digit: parsed.data.digit } : null;
    }
    default:
      return null;
  }
}

/** The sound's name as `play_start` put it into the address: the file's name without its ending. */
function soundOf(url: string | null | undefined): string | null {
  return url ? (/\/([^/?#]+)\.wav(?:[?#]|$)/.exec(url)?.[1] ?? null) : null;
}
