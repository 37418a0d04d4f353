import { memo } from "react";
import { clock, seconds } from "../../../format/time.ts";
import styles from "./transcript.module.css";
import type { Turn, TurnWord } from "./turns.ts";

export interface TurnViewProps {
  turn: Turn;
  who: string;
  /** What stands between two words. */
  gap: string;
  /** The word being said, when it is one of this turn's. */
  wordNow: number | null;
  /** Indexes of the words that answer to the search; only their identity is compared. */
  hits: ReadonlySet<number>;
}

/** One turn: when it began, who spoke, and the words, each of which leads to its second. */
export const TurnView = memo(function TurnView({ turn, who, gap, wordNow, hits }: TurnViewProps) {
  return (
    <li className={styles.turn} data-who={turn.party} data-now={wordNow !== null || undefined}>
      <button
        className={styles.at}
        type="button"
        data-seek={turn.startMs}
        aria-label={`Play from ${clock(turn.startMs)}`}
      >
        {clock(turn.startMs)}
      </button>
      <h3 className={styles.who}>{who}</h3>
      <p className={`said ${styles.said}`}>
        {turn.words.map((word) => [
          <Word key={word.index} word={word} isNow={word.index === wordNow} isHit={hits.has(word.index)} />,
          gap,
        ])}
      </p>
    </li>
  );
});

function Word({ word, isNow, isHit }: { word: TurnWord; isNow: boolean; isHit: boolean }) {
  const doubt = word.unsure
    ? `Confidence ${word.confidence.toFixed(2)}, at ${seconds(word.startMs)}: listen before you rely on it`
    : undefined;
  return (
    <span
      className={styles.word}
      data-seek={word.startMs}
      data-word={word.index}
      data-unsure={word.unsure || undefined}
      data-now={isNow || undefined}
      data-hit={isHit || undefined}
      title={doubt}
    >
      {word.text}
    </span>
  );
}
