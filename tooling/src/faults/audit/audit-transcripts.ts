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
      legs.flatMap(({ recordings }) => recordings.map((file) => [file.recordingId, { planned, file }] as const)),
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
    const said = bag(made.file.words.map(({ text }) => text).join(" "));
    return said === bag(transcript.said)
      ? []
      : [{ kind: "different", what: `said: ${said}; written: ${bag(transcript.said)}`, where }];
  });
}

/** Words without their order, which means nothing where two speak at once, and without case and punctuation. */
function bag(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).sort().join(" ");
}

/** By the file that the vendor was given to fetch: the record has no say in what was paid for. */
function bill({ transcriber }: Books): Finding[] {
  const fileOf = new Map(transcriber.transcripts.map(({ id, audioUrl }) => [id, new URL(audioUrl).pathname]));
  const byFile = Map.groupBy(transcriber.billed, ({ id }) => fileOf.get(id) ?? id);
  return [...byFile].flatMap(([file, bills]) =>
    bills.length > 1 ? [{ kind: "duplicate", what: `transcribed and billed ${bills.length} times`, where: file }] : [],
  );
}
