import type { CallSummary } from "@earwitness/shared";
import { clock, took } from "../../format/time.ts";
import { purgeWords } from "../lifecycle/purge-words.ts";

/** What the list says of a call: words that were said, or a sentence of the product's own. The two never look alike. */
export type CallLine = { said: string } | { told: string };

/** One line for a call: its first words once there are some, until then what is awaited or why nothing is. */
export function callLine(call: CallSummary): CallLine {
  if (call.lastLine !== null && call.lastLine !== "") return { said: call.lastLine };
  if (call.state === "ringing")
    return { told: call.direction === "inbound" ? "Ringing in" : "Ringing the other phone" };
  if (call.state === "live") return { told: "On the line." };
  if (call.hangupCause === "machine") return { told: "A machine answered; the call was ended." };
  if (call.answeredAt === null) {
    const rangMs = call.endedAt === null ? null : Date.parse(call.endedAt) - Date.parse(call.startedAt);
    return { told: rangMs === null ? "Nobody answered." : `Rang for ${took(rangMs)}; nobody answered.` };
  }
  if (call.recordingState === null) return { told: call.notRecordedReason ?? "Nothing was recorded." };
  if (call.recordingState === "failed") return { told: "The recording could not be fetched. It can be tried again." };
  if (call.recordingState === "missing") return { told: "The carrier has no recording of this call." };
  if (call.recordingState === "purged") return { told: purgeWords("recordings", call.purges) };
  if (call.recordingState !== "stored") return { told: "The carrier is handing over the recording." };
  switch (call.transcriptState) {
    case "failed":
      return { told: "Audio stored; the transcriber refused it. It can be tried again." };
    case "empty":
      return { told: "Audio stored; nobody spoke in it." };
    case "purged":
      return { told: purgeWords("transcripts", call.purges) };
    case null:
      return { told: "Audio stored." };
    default:
      return { told: "Audio stored; its words are being written." };
  }
}

/** How long a call has been, or was: from the answer, or the ringing while nobody has answered. */
export function callLength(call: CallSummary, now: number): string {
  if (call.state !== "ended") return clock(now - Date.parse(call.answeredAt ?? call.startedAt));
  if (call.durationMs !== null && call.durationMs > 0) return clock(call.durationMs);
  return call.endedAt === null ? "–" : clock(Date.parse(call.endedAt) - Date.parse(call.startedAt));
}
