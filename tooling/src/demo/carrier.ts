import { z } from "zod";

/** What the emulated carrier knows of a call: the truth with which the record is compared. */
const CarrierWord = z.object({
  speaker: z.enum(["caller", "agent"]),
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
});
export type CarrierWord = z.infer<typeof CarrierWord>;

const CarrierCall = z.object({
  callSessionId: z.string(),
  state: z.enum(["ringing", "live", "answered", "ended"]).catch("live"),
  /** What was said on the line, recorded or not; null where nobody follows a script. */
  script: z.object({ words: z.array(CarrierWord) }).nullable(),
  /** What happened on the line, in order. A command that came again with its `command_id` is in it once. */
  timeline: z.array(z.object({ type: z.enum(["event", "command", "audio"]), name: z.string() })),
  webhooks: z.array(z.object({ id: z.string(), event: z.string(), state: z.string(), attempts: z.array(z.unknown()) })),
  recordings: z.array(
    z.object({
      recordingId: z.string(),
      durationMs: z.number(),
      sizeBytes: z.int(),
      sha256: z.string().nullable(),
      words: z.array(CarrierWord),
    }),
  ),
});
export type CarrierCall = z.infer<typeof CarrierCall>;

const TranscriberNotices = z.object({
  assemblyai: z.array(z.object({ transcriptId: z.string(), url: z.string(), status: z.int().nullable() })),
});

const Placed = z.object({ callSessionId: z.string() });

/** Has the emulated carrier ring in. Returns the carrier's own id of the call. */
export async function ringIn(controlUrl: string, call: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${controlUrl}/calls`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(call),
  });
  if (!response.ok) throw new Error(`The emulated carrier refused the call: ${await response.text()}`);
  return Placed.parse(await response.json()).callSessionId;
}

/** Reads what the emulated carrier knows of a call by now. */
export async function readCarrierCall(controlUrl: string, callSessionId: string): Promise<CarrierCall> {
  const response = await fetch(`${controlUrl}/calls/${encodeURIComponent(callSessionId)}`);
  if (!response.ok) throw new Error(`The emulated carrier does not know the call: ${await response.text()}`);
  return CarrierCall.parse(await response.json());
}

/** How many transcriptions of these recordings the emulated transcriber has told of, and seen taken. */
export async function countTranscriberNotices(controlUrl: string, recordingIds: readonly string[]): Promise<number> {
  const response = await fetch(`${controlUrl}/webhooks`);
  if (!response.ok) throw new Error(`The emulated vendors do not say what they told: ${await response.text()}`);
  const taken = TranscriberNotices.parse(await response.json()).assemblyai.filter(
    ({ url, status }) => status === 200 && recordingIds.includes(new URL(url).searchParams.get("recording") ?? ""),
  );
  return new Set(taken.map(({ transcriptId }) => transcriptId)).size;
}
