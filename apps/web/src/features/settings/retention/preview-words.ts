import type { RetentionPreview } from "@earwitness/shared";
import { counted } from "../../../format/size.ts";
import { dayAndTime } from "../../../format/time.ts";

const WHAT = {
  recordings: (count: number) => counted(count, "recording"),
  transcripts: (count: number) => counted(count, "transcript"),
  calls: (count: number) => counted(count, "whole call"),
} as const;

/** What the next run takes away, as sentences: `At the run on Sun 22 Nov, 04:10: 31 recordings go. 2 are held and stay.` */
export function previewWords({ runAt, kinds, trash }: RetentionPreview, now: Date): string {
  const due = [
    ...kinds.filter((each) => each.due > 0).map(({ kind, due: count }) => WHAT[kind](count)),
    ...(trash.due > 0 ? [`${counted(trash.due, "call")} of the trash`] : []),
  ];
  const held = kinds.reduce((sum, each) => sum + each.held, trash.held);
  const going = due.length === 0 ? "nothing goes" : `${new Intl.ListFormat("en").format(due)} ${goes(kinds, trash)}`;
  const staying = held === 0 ? "" : ` ${held} ${held === 1 ? "is held and stays" : "are held and stay"}.`;
  return `At the run on ${dayAndTime(runAt, now)}: ${going}.${staying}`;
}

function goes(kinds: RetentionPreview["kinds"], trash: RetentionPreview["trash"]): string {
  const count = kinds.reduce((sum, { due }) => sum + due, trash.due);
  return count === 1 ? "goes" : "go";
}
