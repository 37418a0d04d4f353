import type { Leg } from "../telnyx/leg/leg.ts";
import { toMs } from "../telnyx/leg/track.ts";
import { tracksOf } from "../telnyx/media/request.ts";
import type { MediaStream } from "../telnyx/media/stream.ts";
import { fileOf, sha256Of } from "../telnyx/recordings/file.ts";
import type { Recording } from "../telnyx/recordings/recording.ts";

/** A leg in a line: what the list shows. */
export function summaryOf(leg: Leg): object {
  const { state } = leg;
  return {
    callSessionId: leg.sessionId,
    callLegId: leg.legId,
    callControlId: leg.controlId,
    direction: leg.direction,
    from: leg.from,
    to: leg.to,
    state: state.kind,
    startedAt: leg.clock.iso(0),
    pace: leg.clock.pace,
    answeredMs: state.kind === "ringing" ? null : state.answeredMs,
    endedMs: state.kind === "ended" ? state.endedMs : null,
    hangupCause: state.kind === "ended" ? state.ending.cause : null,
    hangupSource: state.kind === "ended" ? state.ending.source : null,
    script: leg.conversation?.performance?.script.title ?? null,
  };
}

/** A leg with all that happened: the truth that the application's record is compared with. */
export async function detailOf(leg: Leg): Promise<object> {
  return {
    ...summaryOf(leg),
    timeline: leg.history,
    webhooks: leg.deliveries.map(({ event, attempts, state }) => ({
      id: event.id,
      event: event.event_type,
      occurredAt: event.occurred_at,
      state,
      attempts,
    })),
    script: scriptOf(leg),
    streams: leg.streams.map(streamOf),
    recordings: await Promise.all(leg.recordings.map((recording) => recordingOf(recording))),
  };
}

/** A media stream as it went. Times are call milliseconds; chunk `n` of a track begins at `startMs + (n - 1) * frameMs`. */
function streamOf({ id, request, settings, state, line }: MediaStream): object {
  return {
    streamId: id,
    url: request.url,
    codec: request.codec,
    frameMs: settings.frameMs,
    state: state.kind,
    startMs: state.kind === "open" || state.kind === "closed" ? state.startMs : null,
    endMs: state.kind === "closed" ? state.endMs : null,
    closedBy: state.kind === "closed" ? state.reason : null,
    tracks: Object.fromEntries(tracksOf(request).map((track) => [track, line.tallies[track]])),
  };
}

interface SpokenWord {
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Every word that is said on the leg, from its beginning in milliseconds; a word after the call's end was never said. */
function wordsOf(leg: Leg): SpokenWord[] {
  const endedMs = leg.state.kind === "ended" ? leg.state.endedMs : Number.POSITIVE_INFINITY;
  return [...leg.said, ...(leg.conversation?.planned() ?? [])].flatMap(({ speaker, start, speech, relay }) => {
    const fromMs = toMs(relay?.from ?? 0);
    const untilMs = Math.min(endedMs, toMs(relay?.to ?? Number.POSITIVE_INFINITY));
    const words = speech.words.map((word) => ({
      speaker,
      text: word.text,
      startMs: toMs(start + word.start),
      endMs: toMs(start + word.end),
    }));
    return words.filter((word) => word.startMs >= fromMs && word.endMs <= untilMs);
  });
}

function scriptOf(leg: Leg): object | null {
  const { conversation } = leg;
  if (conversation === undefined) return null;
  return {
    title: conversation.performance?.script.title ?? null,
    language: conversation.performance?.script.language ?? null,
    beganMs: conversation.beganAt === undefined ? null : toMs(conversation.beganAt),
    callerFromFile: conversation.plan.callerAudio !== null,
    words: wordsOf(leg),
  };
}

async function recordingOf(recording: Recording): Promise<object> {
  const { leg, startMs, endMs } = recording;
  const file = fileOf(recording);
  const isOut = (word: SpokenWord) =>
    word.startMs < startMs ||
    word.endMs > (endMs ?? Number.POSITIVE_INFINITY) ||
    recording.pauses.some(
      ({ fromMs, toMs: until }) => word.endMs > fromMs && word.startMs < (until ?? endMs ?? leg.now),
    );
  return {
    recordingId: recording.id,
    channels: recording.options.channels,
    pauseMode: leg.pauseMode,
    startMs,
    endMs,
    pauses: recording.pauses,
    savedAt: recording.savedAt,
    isDeleted: recording.isDeleted,
    durationMs: file.durationMs,
    sizeBytes: file.sizeBytes,
    sha256: recording.isOpen ? null : await sha256Of(recording),
    /** The script's words that are wholly in the file, with their times in it; announcements are not among them. */
    words: wordsOf(leg)
      .filter((word) => !isOut(word))
      .map((word) => ({
        ...word,
        startMs: toMs(recording.positionOf(word.startMs)),
        endMs: toMs(recording.positionOf(word.endMs)),
      })),
  };
}
