"use client";
import type { LiveMark, NoteView } from "@earwitness/shared";
import { ArrowDown, CirclePause, StickyNote, Unplug } from "lucide-react";
import { useMemo, useRef } from "react";
import { clock } from "../../format/time.ts";
import type { CallLink, LiveCallView } from "../../live/call-link.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { CaptionRow } from "./caption-row.tsx";
import styles from "./captions.module.css";
import { markWords } from "./mark-words.ts";
import { marksThatHold, timelineOf } from "./timeline.ts";
import { useFollowEnd } from "./use-follow-end.ts";

export interface CaptionsProps {
  link: CallLink;
  view: LiveCallView;
  notes: readonly NoteView[];
  names: Readonly<Record<"caller" | "agent", string>>;
}

/** What was said, by speaker, as it is said; it follows the newest words until the reader goes back to older ones. */
export function Captions({ link, view, notes, names }: CaptionsProps) {
  const { captions, marks, state } = view.call;
  const region = useRef<HTMLOListElement>(null);
  const isOver = state?.phase === "ended";
  const items = useMemo(
    () => timelineOf(captions, marksThatHold(marks, isOver), notes),
    [captions, marks, isOver, notes],
  );
  const { follows, toEnd } = useFollowEnd(region, items);
  const isRecorded = state?.recording === "running" || state?.recording === "paused" || state?.recording === "over";
  return (
    <div className={styles.region}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <ol ref={region} className={styles.captions} tabIndex={0} aria-label="Captions">
        {items.map((item) => {
          if (item.kind === "mark") return <Mark key={item.id} mark={item.mark} isRecorded={isRecorded} />;
          if (item.kind === "note") return <Note key={item.id} note={item.note} />;
          return (
            <CaptionRow
              key={item.id}
              caption={item.caption}
              name={names[item.caption.channel]}
              paintMs={view.paintMs.get(item.id) ?? null}
              link={link}
            />
          );
        })}
        {items.length === 0 && <li className={`quiet ${styles.waiting}`}>{waitingFor(view)}</li>}
      </ol>
      {!follows && (
        <Button className={styles.back} size="sm" onClick={toEnd}>
          <Icon of={ArrowDown} small />
          Back to now
        </Button>
      )}
    </div>
  );
}

function Mark({ mark, isRecorded }: { mark: LiveMark; isRecorded: boolean }) {
  const isPause = mark.kind === "paused";
  return (
    <li className={styles.mark} data-is={isPause ? "paused" : "gap"}>
      <Icon of={isPause ? CirclePause : Unplug} />
      <span>{markWords(mark, isRecorded)}</span>
    </li>
  );
}

function Note({ note }: { note: NoteView }) {
  return (
    <li className={styles.mark} data-is="note">
      <Icon of={StickyNote} />
      <span>
        {note.positionMs !== null && `${clock(note.positionMs)} `}
        {note.text} <span className="quiet">{note.byName}</span>
      </span>
    </li>
  );
}

/** What stands where the first words will be. */
function waitingFor({ call, link }: LiveCallView): string {
  if (call.state === null) return link.is === "cut-off" ? "" : "Joining the call.";
  if (call.state.captions === "off") return "Live captions are off for this number. The words come after the call.";
  return "Nothing was said yet.";
}
