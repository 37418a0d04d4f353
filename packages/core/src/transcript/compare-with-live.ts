import type { LiveChannel, LiveComparison } from "@earwitness/shared";
import { diffArrays } from "diff";
import { type FileTimeline, fileTimelineOf } from "../coverage/index.ts";
import type {
  CaptionRecord,
  GapRecord,
  RecordingRecord,
  Repositories,
  TranscriptRecord,
} from "../ports/repositories/index.ts";
import type { Utterance } from "./transcript.ts";

/** Beyond so many edits the two are not the same conversation, and finding the fewest would take minutes. */
const MAX_EDITS = 20_000;

/** A word where it lies on the call, in ms since the answer. */
interface PlacedWord {
  readonly text: string;
  readonly atMs: number;
}

/**
 * What the exact transcript has otherwise than the live captions, and which of their gaps it fills. Each voice is compared with
 * itself, so that who spoke first in a crosstalk counts for nothing. null where the call has no captions.
 */
export async function compareWithLive(
  tx: Pick<Repositories, "calls" | "recordings" | "live">,
  { callId, recordingId }: Pick<TranscriptRecord, "callId" | "recordingId">,
  exact: readonly Utterance[],
): Promise<LiveComparison | null> {
  const captions = await tx.live.captionsOf(callId);
  if (captions.length === 0) return null;
  const call = await tx.calls.find(callId);
  const recording = await tx.recordings.find(recordingId);
  const timeline = fileTimelineOf(call, recording, await tx.live.pausesOf(callId));
  return comparisonOf({ captions, gaps: await tx.live.gapsOf(callId), exact, recording, timeline });
}

/** The comparison itself, of what was read. */
function comparisonOf(read: {
  readonly captions: readonly CaptionRecord[];
  readonly gaps: readonly GapRecord[];
  readonly exact: readonly Utterance[];
  readonly recording: Pick<RecordingRecord, "callerChannel">;
  readonly timeline: FileTimeline | null;
}): LiveComparison {
  const { captions, gaps, exact, recording, timeline } = read;
  const isTold = exact.every(({ channel }) => channel !== null);
  const channels: readonly (LiveChannel | null)[] = isTold ? ["caller", "agent"] : [null];
  const said = (of: LiveChannel | null) =>
    wordsOf(
      exact.filter(({ channel }) => of === null || (channel === recording.callerChannel) === (of === "caller")),
    ).map(({ text, startMs }) => ({ text, atMs: timeline?.toCallMs(startMs) ?? startMs }));
  const heard = (of: LiveChannel | null) => wordsOf(captions.filter(({ channel }) => of === null || channel === of));
  let [liveWords, exactWords, wordsChanged] = [0, 0, 0];
  for (const channel of channels) {
    const [live, truth] = [heard(channel).map(({ text }) => text), said(channel).map(({ text }) => text)];
    liveWords += live.length;
    exactWords += truth.length;
    wordsChanged += editsBetween(live, truth);
  }
  return {
    liveWords,
    exactWords,
    wordsChanged,
    wordErrorRate: exactWords === 0 ? Math.min(1, wordsChanged) : wordsChanged / exactWords,
    healed: healedBy(gaps, (channel) => said(isTold ? channel : null), timeline),
  };
}

/** Gaps of the captions in which the exact transcript has words. */
function healedBy(
  gaps: readonly GapRecord[],
  said: (channel: LiveChannel | null) => readonly PlacedWord[],
  timeline: FileTimeline | null,
): LiveComparison["healed"] {
  return gaps
    .filter(({ kind }) => kind === "captions")
    .map(({ channel, startMs, endMs, reason }) => ({
      startMs: timeline?.toFileMs(startMs) ?? startMs,
      endMs: timeline?.toFileMs(endMs) ?? endMs,
      reason,
      words: said(channel).filter(({ atMs }) => atMs >= startMs && atMs < endMs).length,
    }))
    .filter(({ words }) => words > 0);
}

/** Words in the order of their time, as they are compared: without case and without punctuation around them. */
function wordsOf(
  pieces: readonly { readonly words: readonly { readonly text: string; readonly startMs: number }[] }[],
): { text: string; startMs: number }[] {
  return pieces
    .flatMap(({ words }) => words.map(({ text, startMs }) => ({ text: comparableWord(text), startMs })))
    .filter(({ text }) => text !== "")
    .sort((a, b) => a.startMs - b.startMs);
}

/** A word as it is compared: two ways to write it are one, and punctuation around it is nobody's. */
function comparableWord(word: string): string {
  const characters = [...word.normalize("NFC").toLowerCase()];
  const isSpoken = (character: string) => /[\p{L}\p{N}]/u.test(character);
  // Not one expression for both ends: its time grows with the square of a long word of punctuation.
  const first = characters.findIndex(isSpoken);
  return first < 0 ? "" : characters.slice(first, characters.findLastIndex(isSpoken) + 1).join("");
}

/** How many words to insert, remove or replace; a removal beside an insertion is one replacement. */
function editsBetween(live: readonly string[], truth: readonly string[]): number {
  const changes = diffArrays([...live], [...truth], { maxEditLength: MAX_EDITS });
  if (changes === undefined) return Math.max(live.length, truth.length);
  let [edits, removed, added] = [0, 0, 0];
  for (const change of changes) {
    if (change.removed) removed += change.count;
    else if (change.added) added += change.count;
    else {
      edits += Math.max(removed, added);
      [removed, added] = [0, 0];
    }
  }
  return edits + Math.max(removed, added);
}
