import type { Caption, LiveMark, NoteView } from "@earwitness/shared";

/** What stands below each other on a call's page: words, marks, notes. */
export type TimelineItem =
  | { kind: "caption"; id: string; atMs: number; caption: Caption }
  | { kind: "mark"; id: string; atMs: number; mark: LiveMark }
  | { kind: "note"; id: string; atMs: number; note: NoteView };

/**
 * The marks that hold. Once a call is over nothing is lost any longer: a loss that did last comes again with its end, and one
 * that never got an end was the carrier closing its line of sound as the call ended.
 */
export function marksThatHold(marks: readonly LiveMark[], isOver: boolean): readonly LiveMark[] {
  return isOver ? marks.filter(({ kind, endMs }) => kind === "paused" || endMs !== null) : marks;
}

/** Everything of a call in the order of its beginning; at one moment a mark comes before the words that follow it. */
export function timelineOf(
  captions: readonly Caption[],
  marks: readonly LiveMark[],
  notes: readonly NoteView[],
): TimelineItem[] {
  const items: TimelineItem[] = [
    ...marks.map((mark): TimelineItem => ({ kind: "mark", id: mark.id, atMs: mark.startMs, mark })),
    ...captions
      .filter(({ text }) => text !== "")
      .map((caption): TimelineItem => ({ kind: "caption", id: caption.id, atMs: caption.startMs, caption })),
    ...notes.flatMap((note): TimelineItem[] =>
      note.positionMs === null ? [] : [{ kind: "note", id: note.id, atMs: note.positionMs, note }],
    ),
  ];
  return items.toSorted((a, b) => a.atMs - b.atMs);
}
