"use client";
import type { FoundCall } from "@earwitness/shared";
import { PhoneIncoming, PhoneOutgoing } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { usePhoneFormat } from "../../format/phone.ts";
import { counted } from "../../format/size.ts";
import { clock, dayAndTime, exactInstant } from "../../format/time.ts";
import { Icon } from "../../ui/icon.tsx";
import { Speaker } from "../../ui/speaker.tsx";
import { useNow } from "../../ui/use-now.ts";
import { partyNames } from "../call/party-names.ts";
import { contactNumber, ownNumber } from "../calls/parties.ts";
import styles from "./found-calls.module.css";
import { addressOf, type FoundLine } from "./found-line.ts";
import { snippetParts } from "./snippet-parts.ts";

export interface FoundCallsProps {
  found: readonly FoundCall[];
  /** The line that the keys act on, by its utterance. */
  cursor: string | null;
  /** The line that is being heard. */
  sounding: string | null;
  onPlay: (line: FoundLine) => void;
}

/** What was found, call by call: each line with what was looked for in it, its time, and who said it. */
export function FoundCalls({ found, cursor, sounding, onPlay }: FoundCallsProps) {
  return (
    <ol className={styles.calls}>
      {found.map((each) => (
        <FoundCallView key={each.call.id} found={each} cursor={cursor} sounding={sounding} onPlay={onPlay} />
      ))}
    </ol>
  );
}

function FoundCallView({ found, cursor, sounding, onPlay }: Omit<FoundCallsProps, "found"> & { found: FoundCall }) {
  const { call, hits, hitCount } = found;
  const formatPhone = usePhoneFormat();
  const now = useNow(60_000);
  const contact = formatPhone(contactNumber(call));
  const heading = `found-${call.id}`;
  const others = hitCount - hits.length;
  return (
    <li className={styles.call}>
      <article aria-labelledby={heading}>
        <header className={styles.head}>
          <Icon of={call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing} small />
          <h2 id={heading}>
            <Link className={`phone ${styles.contact}`} href={addressOf(found, hits[0])} prefetch={false}>
              {contact}
            </Link>
          </h2>
          <span className="quiet">
            {call.direction === "inbound" ? "to " : "from "}
            <span className="phone">{formatPhone(ownNumber(call))}</span>
          </span>
          <time className={styles.when} dateTime={call.startedAt} title={exactInstant(call.startedAt)}>
            {dayAndTime(call.startedAt, new Date(now))}
          </time>
        </header>
        <ol>
          {hits.map((hit) => (
            <LineView
              key={hit.utteranceId}
              line={{ found, hit }}
              who={hit.party === "unknown" ? `Speaker ${hit.speaker}` : partyNames(call)[hit.party]}
              hasCursor={hit.utteranceId === cursor}
              isSounding={hit.utteranceId === sounding}
              onPlay={onPlay}
            />
          ))}
        </ol>
        {others > 0 && (
          <p className={styles.others}>
            <Link href={addressOf(found, hits[0])} prefetch={false}>
              {counted(others, "more line", "more lines")} in this call
            </Link>
          </p>
        )}
      </article>
    </li>
  );
}

interface LineViewProps {
  line: FoundLine;
  who: string;
  hasCursor: boolean;
  isSounding: boolean;
  onPlay: (line: FoundLine) => void;
}

const LineView = memo(function LineView({ line, who, hasCursor, isSounding, onPlay }: LineViewProps) {
  const { found, hit } = line;
  const { snippet } = hit;
  const at = clock(hit.startMs);
  return (
    <li
      className={styles.line}
      data-cursor={hasCursor || undefined}
      data-sounding={isSounding || undefined}
      data-line={hit.utteranceId}
    >
      {found.recording ? (
        <button className={styles.at} type="button" aria-label={`Play from ${at}`} onClick={() => onPlay(line)}>
          {at}
        </button>
      ) : (
        <span className={styles.at} title="There is no sound to play">
          {at}
        </span>
      )}
      <Speaker party={hit.party} edged className={styles.who}>
        {who}
      </Speaker>
      <p className={`said ${styles.said}`}>
        <Link href={addressOf(found, hit)} prefetch={false} dir="auto">
          {snippet.startsInside && "… "}
          {snippetParts(snippet).map(({ start, text, isFound }) =>
            isFound ? <mark key={start}>{text}</mark> : <span key={start}>{text}</span>,
          )}
          {snippet.endsInside && " …"}
        </Link>
      </p>
    </li>
  );
});
