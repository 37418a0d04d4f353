import { base64Of, type HangupCause, type RecordingView, uuidOf } from "@earwitness/shared";
import type { CallReport } from "../../ports/export-source.ts";

/** The SHA-512 of recordings' bytes, in hex: the one digest that every reader of a vCon must know. */
export type ContentHashes = ReadonlyMap<RecordingView["id"], string>;

/**
 * The call as a vCon, unsigned: its parties, its recordings by address and digest, its transcript as an analysis.
 * https://datatracker.ietf.org/doc/draft-ietf-vcon-vcon-core/04/
 * A recording's address is one of this API, which hands it to those who may hear it.
 */
export function vconOf(
  report: CallReport,
  { apiOrigin, sha512 }: { apiOrigin: string; sha512: ContentHashes },
): string {
  const { call, transcript } = report;
  const stored = call.recordings.filter(({ id, state }) => state === "stored" && sha512.has(id));
  const dialog: object[] = stored.map((recording) => recorded(report, recording, { apiOrigin, sha512 }));
  // A conversation that nobody recorded is no dialog; a call that never became one is.
  if (call.state === "ended" && call.answeredAt === null) dialog.push(incomplete(report));
  const heard = stored.findIndex(({ id }) => id === transcript?.recordingId);
  return JSON.stringify(
    {
      // Of no use from the published standard on; readers of the drafts before ask for it.
      vcon: "0.4.0",
      uuid: uuidOf(call.id),
      created_at: call.startedAt,
      updated_at: call.endedAt ?? call.answeredAt ?? call.startedAt,
      subject: `${call.direction === "inbound" ? "Inbound" : "Outbound"} call`,
      parties: [party(call.from, report, CALLER), party(call.to, report, CALLEE)],
      dialog,
      ...(transcript === null ? {} : { analysis: [spoken(transcript, heard)] }),
    },
    null,
    2,
  );
}

const CALLER = 0;
const CALLEE = 1;

function party(address: string, { workspaceName, call }: CallReport, place: number) {
  const isOurs = place === (call.direction === "inbound" ? CALLEE : CALLER);
  const who = isOurs ? { org: workspaceName } : {};
  // What is no number, such as `anonymous`, is a name for a party that has none.
  return /^\+\d+$/.test(address) ? { tel: `tel:${address}`, ...who } : { name: address, validation: "none", ...who };
}

function recorded(
  { call }: CallReport,
  { id, channels, callerChannel, startedAt, durationMs, sha256, contentType }: RecordingView,
  { apiOrigin, sha512 }: { apiOrigin: string; sha512: ContentHashes },
) {
  const theirs = call.direction === "inbound" ? CALLER : CALLEE;
  const ours = call.direction === "inbound" ? CALLEE : CALLER;
  const mediatype = contentType === "audio/mpeg" ? "audio/x-mp3" : "audio/x-wav";
  return {
    type: "recording",
    start: startedAt ?? call.answeredAt ?? call.startedAt,
    ...(durationMs === null ? {} : { duration: durationMs / 1000 }),
    // A party for each channel, in the channels' order.
    parties: channels === 2 ? (callerChannel === 2 ? [ours, theirs] : [theirs, ours]) : [CALLER, CALLEE],
    originator: CALLER,
    mediatype,
    filename: `${id}.${mediatype === "audio/x-mp3" ? "mp3" : "wav"}`,
    url: `${apiOrigin}/v1/recordings/${id}/audio`,
    content_hash: [
      `sha512-${base64UrlOfHex(sha512.get(id) ?? "")}`,
      ...(sha256 === null ? [] : [`sha256-${base64UrlOfHex(sha256)}`]),
    ],
  };
}

/** Why there is no conversation in it. */
const DISPOSITIONS: Readonly<Record<HangupCause, string>> = {
  completed: "hung-up",
  busy: "busy",
  no_answer: "no-answer",
  rejected: "busy",
  cancelled: "hung-up",
  machine: "voicemail-no-message",
  not_found: "failed",
  time_limit: "no-answer",
  failed: "failed",
};

function incomplete({ call }: CallReport) {
  return {
    type: "incomplete",
    start: call.startedAt,
    parties: [CALLER, CALLEE],
    disposition: call.hangupCause === null ? "failed" : DISPOSITIONS[call.hangupCause],
  };
}

function spoken(transcript: NonNullable<CallReport["transcript"]>, heard: number) {
  const { utterances, ...about } = transcript;
  return {
    type: "transcript",
    ...(heard < 0 ? {} : { dialog: heard }),
    vendor: "Earwitness",
    product: transcript.kind === "live" ? "live captions" : "exact transcript",
    schema: "earwitness-transcript-1",
    mediatype: "application/json",
    encoding: "json",
    body: {
      language: about.language,
      confidence: about.confidence,
      positionsFrom: about.positionsFrom,
      utterances: utterances.map(({ speaker, party, channel, startMs, endMs, confidence, text, words }) => ({
        speaker,
        party,
        channel,
        startMs,
        endMs,
        confidence,
        text,
        words,
      })),
    },
  };
}

function base64UrlOfHex(hex: string): string {
  const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return base64Of(Uint8Array.from(bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
