import { z } from "zod";

const Word = z.object({ speaker: z.string(), text: z.string(), startMs: z.number(), endMs: z.number() });

const Tally = z.object({
  made: z.number(),
  sent: z.number(),
  dropped: z.array(z.number()),
  duplicated: z.array(z.number()),
});

const CallDetail = z.object({
  callSessionId: z.string(),
  callLegId: z.string(),
  state: z.string(),
  hangupCause: z.string().nullable(),
  startedAt: z.string(),
  endedMs: z.number().nullable(),
  timeline: z.array(z.object({ atMs: z.number(), type: z.string(), name: z.string(), detail: z.unknown() })),
  webhooks: z.array(
    z.object({
      event: z.string(),
      state: z.string(),
      attempts: z.array(
        z.object({ url: z.string(), status: z.number().nullable(), tookMs: z.number(), errors: z.array(z.number()) }),
      ),
    }),
  ),
  script: z.object({ beganMs: z.number().nullable(), words: z.array(Word) }).nullable(),
  streams: z.array(
    z.object({
      streamId: z.string(),
      url: z.string(),
      state: z.string(),
      startMs: z.number().nullable(),
      endMs: z.number().nullable(),
      closedBy: z.string().nullable(),
      tracks: z.record(z.string(), Tally),
    }),
  ),
  recordings: z.array(
    z.object({
      recordingId: z.string(),
      startMs: z.number(),
      endMs: z.number().nullable(),
      pauses: z.array(z.object({ fromMs: z.number(), toMs: z.number().nullable() })),
      sizeBytes: z.number(),
      durationMs: z.number(),
      sha256: z.string().nullable(),
      words: z.array(Word),
    }),
  ),
});

export type CallDetail = z.infer<typeof CallDetail>;

const Placed = z.object({ callSessionId: z.string(), callLegId: z.string(), callControlId: z.string() });

/** The control door as a test uses it. */
export function door(url: string) {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call: async (request: object = {}) => Placed.parse(await send("POST", "/calls", request)),
    detail: async (id: string) => CallDetail.parse(await send("GET", `/calls/${id}`)),
    hangUp: (id: string) => send("POST", `/calls/${id}/hangup`),
    press: (id: string, digits: string) => send("POST", `/calls/${id}/dtmf`, { digits }),
    phoneBook: (number: string, entry: object) => send("PUT", `/phonebook/${number}`, entry),
    fault: (fault: object) => send("POST", "/faults", fault),
    clearFaults: () => send("DELETE", "/faults"),
    get: (path: string) => send("GET", path),
    put: (path: string, body: object) => send("PUT", path, body),
  };
}
