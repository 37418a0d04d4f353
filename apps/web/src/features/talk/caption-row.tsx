import type { Caption } from "@earwitness/shared";
import { memo, useEffect } from "react";
import { clock } from "../../format/time.ts";
import type { CallLink } from "../../live/call-link.ts";
import { Speaker } from "../../ui/speaker.tsx";
import { CaptionText } from "./caption-text.tsx";
import { captionParts } from "./caption-words.ts";
import styles from "./captions.module.css";

export interface CaptionRowProps {
  caption: Caption;
  name: string;
  /** From its last word reaching the server to its being painted here, in ms; null where that was not measured. */
  paintMs: number | null;
  link: CallLink;
}

/** One caption. It settles where it stands: the same line, word after word turning from quiet ink to full. */
export const CaptionRow = memo(function CaptionRow({ caption, name, paintMs, link }: CaptionRowProps) {
  const { id, isFinal, channel, startMs, language } = caption;
  useEffect(() => {
    if (isFinal) link.measurePaint(id);
  }, [id, isFinal, link]);
  return (
    <li className={styles.caption} data-open={isFinal ? undefined : ""} data-caption={id}>
      <span className={styles.at}>{clock(startMs)}</span>
      <Speaker as="b" party={channel}>
        {name}
      </Speaker>
      <p className={`said ${styles.said}`} lang={language ?? undefined}>
        <CaptionText words={captionParts(caption)} isOpen={!isFinal} />
      </p>
      <span className={styles.ms}>
        {isFinal
          ? paintMs !== null && (
              <span title="From its last word reaching us to its being painted here">
                {Math.round(paintMs)}&nbsp;ms
              </span>
            )
          : "hearing"}
      </span>
    </li>
  );
});
