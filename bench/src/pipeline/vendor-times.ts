import { z } from "zod";

const Webhooks = z.object({
  telnyx: z.array(
    z.object({ event: z.string(), callSessionId: z.string(), attempts: z.array(z.object({ at: z.iso.datetime() })) }),
  ),
});
const Transcripts = z.object({
  transcripts: z.array(z.object({ audioUrl: z.string(), created: z.string(), completed: z.string().nullable() })),
});

/** When the vendors' stand-ins did what is theirs to do, by their own record; ms since the epoch. */
export interface VendorTimes {
  readonly hungUpAtMs: number;
  /** The carrier said that it has the recording. */
  readonly savedAtMs: number;
  /** The transcriber took the audio, and had its words. */
  readonly submittedAtMs: number;
  readonly completedAtMs: number;
}

/** Reads what the stand-ins did for one call. Throws while something of it has not happened. */
export async function readVendorTimes(
  controlUrl: string,
  call: { callId: string; callSessionId: string },
): Promise<VendorTimes> {
  const { telnyx } = Webhooks.parse(await read(`${controlUrl}/webhooks`));
  const { transcripts } = Transcripts.parse(await read(`${controlUrl}/transcripts`));
  const sentAtMs = (event: string) => {
    const sent = telnyx.find((each) => each.callSessionId === call.callSessionId && each.event === event);
    const first = sent?.attempts[0];
    if (first === undefined) throw new Error(`The carrier has sent no ${event}`);
    return Date.parse(first.at);
  };
  const transcript = transcripts.find(({ audioUrl }) => audioUrl.includes(call.callId));
  if (!transcript?.completed) throw new Error("The transcriber has not done with the call");
  return {
    hungUpAtMs: sentAtMs("call.hangup"),
    savedAtMs: sentAtMs("call.recording.saved"),
    submittedAtMs: utcMs(transcript.created),
    completedAtMs: utcMs(transcript.completed),
  };
}

/** The transcriber writes its times without a zone, in UTC, to the microsecond. */
function utcMs(zoneless: string): number {
  return Date.parse(`${zoneless.slice(0, 23)}Z`);
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
