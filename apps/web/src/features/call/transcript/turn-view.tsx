import { wordGap } from "@earwitness/shared";
import { Fragment, memo } from "react";
import { clock, seconds } from "../../../format/time.ts";
import { Speaker } from "../../../ui/speaker.tsx";
import styles from "./transcript.module.css";
import type { Turn, TurnWord } from "./turns.ts";

export interface TurnViewProps {
  turn: Turn;
  who: string;
  /** Of the transcript; null where it is not known. */
  language: string | null;
  /** Indexes of the words of this turn that answer to the search. */
  hits: ReadonlySet<number>;
}

/**
 * One turn: when it began, who spoke, and the words, each of which leads to its second. The word being said is marked from
 * outside (`useWordLight`).
 */
export const TurnView = memo(function TurnView({ turn, who, language, hits }: TurnViewProps) {
  return (
    <li className={styles.turn}>
      <button
        className={styles.at}
        type="button"
        data-seek={turn.startMs}
        aria-label={`Play from ${clock(turn.startMs)}`}
      >
        {clock(turn.startMs)}
      </button>
      <Speaker as="h3" party={turn.party} edged className={styles.who}>
        {who}
      </Speaker>
      <p className={`said ${styles.said}`}>
        {turn.words.map((word, i) => (
          <Fragment key={word.index}>
            <span
              className={styles.word}
              data-seek={word.startMs}
              data-word={word.index}
              data-unsure={word.unsure || undefined}
              data-hit={hits.has(word.index) || undefined}
              title={word.unsure ? doubt(word) : undefined}
            >
              {word.text}
            </span>
            {wordGap(language, word.text, turn.words[i + 1]?.text ?? "")}
          </Fragment>
        ))}
      </p>
    </li>
  );
});

function doubt({ confidence, startMs }: TurnWord): string {
  return `Confidence ${confidence.toFixed(2)}, at ${seconds(startMs)}: listen before you rely on it`;
}
