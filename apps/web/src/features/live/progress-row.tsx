"use client";
import { Pause } from "lucide-react";
import { useEffect } from "react";
import type { CallLink, LiveCallView } from "../../live/call-link.ts";
import { useCallLink, useLiveCall } from "../../live/use-live-call.ts";
import { Speaker } from "../../ui/speaker.tsx";
import { Badge, Status } from "../../ui/status.tsx";
import { useNow } from "../../ui/use-now.ts";
import { partyNames } from "../call/party-names.ts";
import { callLength } from "../calls/call-line.ts";
import { contactNumber, ownNumber } from "../calls/parties.ts";
import { CaptionText } from "../talk/caption-text.tsx";
import { lastWords } from "../talk/caption-words.ts";
import { Meter } from "../talk/meter.tsx";
import { standing } from "../talk/standing.ts";
import { ChooseCall } from "./choose-call.tsx";
import type { OpenRowProps } from "./folded-row.tsx";
import styles from "./rows.module.css";

/** As many letters as fit in a row's two lines, from the end: what is said last must be seen. */
const ROOM = 64;

export interface ProgressRowProps extends OpenRowProps {
  isOld: boolean;
}

/** A call that goes on: who, how loud each side is, what is being said, for how long. */
export function ProgressRow({ call, formatPhone, isChosen, onChoose, isOld }: ProgressRowProps) {
  const link = useCallLink(call.id);
  const view = useLiveCall(link);
  const now = useNow(1_000);
  const held = view?.call.state ? standing(view.call.state, now) : null;
  const language = view?.call.captions.findLast((caption) => caption.language !== null)?.language ?? call.language;
  return (
    <li>
      <ChooseCall callId={call.id} isChosen={isChosen} onChoose={onChoose}>
        <span className={styles.top}>
          <b className="clip phone">{formatPhone(contactNumber(call))}</b>
          <span className={`clip ${styles.own}`}>
            {call.direction === "inbound" ? "to " : "from "}
            <span className="phone">{formatPhone(ownNumber(call))}</span>
          </span>
          {language && <Badge>{language}</Badge>}
          <b className={styles.length}>{callLength(call, now)}</b>
        </span>
        <span className={styles.middle}>
          <span className={styles.levels} data-old={isOld || view?.link.is !== "in-step" || undefined}>
            <Meter link={link} side="caller" />
            <Meter link={link} side="agent" />
          </span>
          {held === null ? (
            <LastLine view={view} link={link} names={partyNames(call)} />
          ) : (
            <span className={styles.held}>
              <Status tone="warn" shape={Pause}>
                {held}
              </Status>
            </span>
          )}
        </span>
      </ChooseCall>
    </li>
  );
}

interface LastLineProps {
  view: LiveCallView | null;
  link: CallLink | null;
  names: Readonly<Record<"caller" | "agent", string>>;
}

function LastLine({ view, link, names }: LastLineProps) {
  const caption = view?.call.captions.findLast(({ text }) => text !== "") ?? null;
  const finalId = caption?.isFinal ? caption.id : null;
  useEffect(() => {
    if (finalId !== null) link?.measurePaint(finalId);
  }, [finalId, link]);

  if (caption === null) return <span className={styles.told}>{silence(view)}</span>;
  return (
    <span className={`said ${styles.said}`} lang={caption.language ?? undefined}>
      <span>
        <Speaker party={caption.channel} className={styles.by}>
          {names[caption.channel]}
        </Speaker>{" "}
        <CaptionText words={lastWords(caption, ROOM)} isOpen={!caption.isFinal} />
      </span>
    </span>
  );
}

/** Why there are no words yet. */
function silence(view: LiveCallView | null): string {
  if (view === null || view.link.is === "joining") return "Joining the call";
  if (view.isGone) return "The call is over";
  switch (view.call.state?.captions) {
    case "off":
      return "Live captions are off for this number";
    case "lost":
      return "Captions are lost for now";
    default:
      return "Nothing said yet";
  }
}
