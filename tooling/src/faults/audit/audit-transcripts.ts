import type { CarrierLeg } from "../books/carrier-books.ts";
import { type Books, matchCalls } from "./books.ts";
import type { Finding } from "./finding.ts";

/** Each stored recording has one transcript with the words that were said, and stands on the bill once. */
export function auditTranscripts(books: Books): Finding[] {
  return [...words(books), ...bill(books)];
}

function words(books: Books): Finding[] {
  const { record } = books;
  const byRecording = Map.groupBy(record.transcripts, ({ recording_id }) => recording_id);
  const files = new Map(
    matchCalls(books).flatMap(({ planned, legs }) =>
      legs.flatMap((leg) => leg.recordings.map((file) => [file.recordingId, { planned, leg, file }] as const)),
    ),
  );
  return record.recordings.flatMap(({ id, state, carrier_recording_id }): Finding[] => {
    if (state !== "stored") return [];
    const made = files.get(carrier_recording_id ?? "");
    const where = `${made?.planned.party} recording ${id}`;
    const [transcript, ...others] = byRecording.get(id) ?? [];
    if (transcript === undefined) return [{ kind: "lost", what: "there is no transcript", where }];
    if (others.length > 0) return [{ kind: "duplicate", what: `${others.length + 1} transcripts`, where }];
    if (transcript.state !== "ready" && transcript.state !== "empty") {
      return [{ kind: "unfinished", what: `the transcript is ${transcript.state}`, where }];
    }
    // Of a word that the hang-up cuts off, the carrier's list says nothing and a transcriber may still make one.
    if (made === undefined || made.planned.hangupAfterMs !== null) return [];
    const said = wordsOf(made.file.words);
    const written = wordsOf([{ text: transcript.said }]);
    const lost = without(said, written);
    const added = without(without(written, said), cutWords(made.leg, made.file));
    if (lost.length + added.length === 0) return [];
    return [{ kind: "different", what: `said: ${said.join(" ")}; written: ${written.join(" ")}`, where }];
  });
}

/** Words that the file's beginning or end cuts in two. What is left of one, a transcriber may still know. */
function cutWords({ script }: CarrierLeg, { startMs, endMs }: CarrierLeg["recordings"][number]): string[] {
  const edges = [startMs, endMs ?? Number.POSITIVE_INFINITY];
  return wordsOf(script?.words.filter((word) => edges.some((at) => word.startMs < at && at < word.endMs)) ?? []);
}

/** Words in an order of their own, since theirs means nothing where two speak at once, and without case and punctuation. */
function wordsOf(lines: readonly { text: string }[]): string[] {
  return lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).sort();
}

/** What of `words` is left when each of `taken` has taken one like itself away. */
function without(words: readonly string[], taken: readonly string[]): string[] {
  const left = [...words];
  for (const word of taken) {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

/** By the file that the vendor was given to fetch: the record has no say in what was paid for. */
function bill({ transcriber }: Books): Finding[] {
  const fileOf = new Map(transcriber.transcripts.map(({ id, audioUrl }) => [id, new URL(audioUrl).pathname]));
  const byFile = Map.groupBy(transcriber.billed, ({ id }) => fileOf.get(id) ?? id);
  return [...byFile].flatMap(([file, bills]) =>
    bills.length > 1 ? [{ kind: "duplicate", what: `transcribed and billed ${bills.length} times`, where: file }] : [],
  );
}
