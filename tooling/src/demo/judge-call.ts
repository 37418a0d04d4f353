import { compareWords, type WordComparison } from "./compare-words.ts";
import type { FollowedCall } from "./follow-call.ts";

/** How far a word's times may be off. */
const MAX_TIMING_ERROR_MS = 50;

/** What the demo says of one call. */
export interface CallReport {
  callId: string;
  stages: { name: string; ms: number }[];
  recording: {
    key: string | null;
    sizeBytes: number | null;
    sha256: string | null;
    durationMs: number | null;
    channels: number | null;
  };
  transcript: { words: number; wordErrorRate: number | null; maxTimingErrorMs: number };
  events: { received: number; duplicates: number; applied: number };
  /** What was lost or is not as it was: a sentence each. Empty when nothing was. */
  problems: string[];
}

/** Compares the record of a call with what the carrier knows of it. */
export function judgeCall(followed: FollowedCall): { report: CallReport; comparison: WordComparison } {
  const { call, transcript, carrier } = followed;
  const recording = call.recordings[0];
  const said = carrier.recordings.flatMap(({ words }) => words);
  const comparison = compareWords(said, transcript);
  const report: CallReport = {
    callId: call.id,
    stages: measureStages(followed),
    recording: {
      key: recording?.r2Key ?? null,
      sizeBytes: recording?.sizeBytes ?? null,
      sha256: recording?.sha256 ?? null,
      durationMs: recording?.durationMs ?? null,
      channels: recording?.channels ?? null,
    },
    transcript: {
      words: comparison.heard,
      wordErrorRate: comparison.wordErrorRate,
      maxTimingErrorMs: comparison.maxTimingErrorMs,
    },
    events: call.notices,
    problems: [...lostNotices(followed), ...lostSeconds(followed), ...lostWords(followed, comparison)],
  };
  return { report, comparison };
}

/**
 * What was said while nothing recorded it, as a problem. Where nothing breaks, recording begins before anybody speaks; a call in which
 * something did may lack what no recording has, and is judged by what its recordings have.
 */
export function unrecordedWords({ carrier }: FollowedCall): string[] {
  const said = carrier.script?.words.length ?? 0;
  const recorded = carrier.recordings.reduce((sum, { words }) => sum + words.length, 0);
  return said > recorded ? [`${said - recorded} of ${said} words were said while nothing recorded them.`] : [];
}

/** How long each stage took, from the one before it (the first: from the first ring), by the times in the record. */
function measureStages({ call }: FollowedCall): CallReport["stages"] {
  let before = Date.parse(call.startedAt);
  return call.stages.flatMap(({ name, state, at }) => {
    if (state !== "done" || at === null) return [];
    const ms = Date.parse(at) - before;
    before = Date.parse(at);
    return [{ name, ms }];
  });
}

function lostNotices({ call, carrier, noticesTaken }: FollowedCall): string[] {
  const problems = carrier.webhooks
    .filter(({ state }) => state !== "delivered")
    .map(({ event, state }) => `The notice ${event} was not delivered: ${state}.`);
  const { received, duplicates } = call.notices;
  const distinct = received - duplicates;
  if (distinct < noticesTaken) {
    problems.push(`${noticesTaken} notices were acknowledged and ${distinct} of them kept.`);
  }
  if (call.hangupCause !== "completed") problems.push(`The call ended as ${call.hangupCause}.`);
  return problems;
}

function lostSeconds({ call, carrier, served }: FollowedCall): string[] {
  const problems: string[] = [];
  if (call.recordings.length !== carrier.recordings.length) {
    problems.push(
      `The carrier made ${carrier.recordings.length} recordings, the record has ${call.recordings.length}.`,
    );
  }
  for (const recording of call.recordings) {
    const original = carrier.recordings.find(({ recordingId }) => recordingId === recording.carrierRecordingId);
    if (original === undefined) {
      problems.push(`The carrier does not know recording ${recording.carrierRecordingId}.`);
      continue;
    }
    const same = (what: string, here: unknown, there: unknown) => {
      if (here !== there) problems.push(`The recording's ${what} is ${here}, the carrier's ${there}.`);
    };
    same("state", recording.state, "stored");
    same("size", recording.sizeBytes, original.sizeBytes);
    same("SHA-256", recording.sha256, original.sha256);
    same("length in ms", recording.durationMs, Math.round(original.durationMs));
    same("SHA-256 as served", served?.sha256, original.sha256);
  }
  return problems;
}

function lostWords({ call }: FollowedCall, comparison: WordComparison): string[] {
  const problems: string[] = [];
  if (call.transcriptState !== "ready") {
    problems.push(
      `The transcript is ${call.transcriptState}: ${call.transcriptFailure?.message ?? "no reason given"}.`,
    );
  }
  if (comparison.wordErrorRate !== null && comparison.wordErrorRate > 0) {
    problems.push(`${(comparison.wordErrorRate * 100).toFixed(1)} % of the words are wrong, lost or added.`);
  }
  if (comparison.maxTimingErrorMs > MAX_TIMING_ERROR_MS) {
    problems.push(`A word is ${comparison.maxTimingErrorMs} ms from where it was said.`);
  }
  return problems;
}
