import { createHash } from "node:crypto";
import { CallList, CallView, TranscriptView } from "@earwitness/shared";
import type { ApiClient } from "../session/api-client.ts";
import { eventually } from "../session/eventually.ts";
import { type CarrierCall, countTranscriberNotices, readCarrierCall } from "./carrier.ts";

/** All that there is to know of a call that has gone its whole way: the record, and what the carrier says. */
export interface FollowedCall {
  call: CallView;
  transcript: TranscriptView | undefined;
  carrier: CarrierCall;
  /** Notices of the carrier and of the transcriber that were acknowledged, each once. */
  noticesTaken: number;
  /** Digest and length of the bytes that the API serves for the recording, out of R2. */
  served: { sha256: string; sizeBytes: number } | undefined;
}

/**
 * Follows the call from `from` until its line is dead, its audio stored and its words ready or given up on, and reads all of
 * it. Throws with what it still waited for after `withinMs`.
 */
export async function followCall(options: {
  client: ApiClient;
  controlUrl: string;
  callSessionId: string;
  from: string;
  withinMs: number;
  /** How often to look: less often where many are followed with one key. */
  everyMs?: number;
}): Promise<FollowedCall> {
  const { client, controlUrl, callSessionId, withinMs, everyMs = 200 } = options;
  const deadline = Date.now() + withinMs;
  const left = () => Math.max(1_000, deadline - Date.now());

  const callId = await eventually(
    `the call from ${options.from} to be in the list`,
    async () => {
      const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(options.from)}`);
      return calls[0]?.id;
    },
    { withinMs: left(), everyMs },
  );
  const readCall = () => client.request(CallView, "GET", `/v1/calls/${callId}`);
  let seen = "nothing";
  const settled = await eventually(
    `call ${callId} to be settled`,
    async () => {
      const view = await readCall();
      seen = view.stages.map(({ name, state }) => `${name} ${state}`).join(", ");
      return isSettled(view) ? view : undefined;
    },
    { withinMs: left(), everyMs },
  ).catch((cause: unknown) => {
    throw new Error(`Call ${callId} did not come to its end within ${withinMs} ms. Its stages: ${seen}`, { cause });
  });
  const carrier = await eventually("the carrier to have delivered its notices", async () => {
    const known = await readCarrierCall(controlUrl, callSessionId);
    return known.webhooks.some(({ state }) => state === "pending") ? undefined : known;
  });
  const recordingIds = settled.recordings.map(({ id }) => id);
  const noticesTaken =
    carrier.webhooks.filter(({ state }) => state === "delivered").length +
    (await countTranscriberNotices(controlUrl, recordingIds));
  // A notice that had to be sent again may come after all that the call waited for. One that is never in the record is for
  // whoever judges the call.
  const call = await eventually(
    "the record to have each notice that was taken",
    async () => {
      const view = await readCall();
      return isSettled(view) && view.notices.received - view.notices.duplicates >= noticesTaken ? view : undefined;
    },
    { everyMs },
  ).catch(() => settled);
  const transcript =
    call.transcriptState === "ready"
      ? await client.request(TranscriptView, "GET", `/v1/calls/${callId}/transcript`)
      : undefined;
  const stored = call.recordings.find(({ state }) => state === "stored");
  return { call, transcript, carrier, noticesTaken, served: stored && (await digestServed(client, stored.id)) };
}

function isSettled({ state, recordings, transcriptState, stages }: CallView): boolean {
  const over = ["ready", "empty", "failed", null].includes(transcriptState);
  const stored = recordings.every((recording) => ["stored", "failed", "missing"].includes(recording.state));
  const nothingRuns = stages.every((stage) => stage.state !== "waiting" && stage.state !== "running");
  return state === "ended" && over && stored && nothingRuns;
}

async function digestServed(client: ApiClient, recordingId: string): Promise<{ sha256: string; sizeBytes: number }> {
  const response = await client.fetch(`/v1/recordings/${recordingId}/audio`);
  if (!response.ok || response.body === null) throw new Error(`The audio was refused: ${response.status}`);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of response.body) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}
