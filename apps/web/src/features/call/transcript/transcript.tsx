"use client";
import type { TranscriptView } from "@earwitness/shared";
import { LocateFixed } from "lucide-react";
import { Fragment, type MouseEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Badge } from "../../../ui/status.tsx";
import type { Playback } from "../player/playback.ts";
import { FindField } from "./find-field.tsx";
import { findWords } from "./find-words.ts";
import styles from "./transcript.module.css";
import { TurnView } from "./turn-view.tsx";
import { momentFinder, type Turn } from "./turns.ts";
import { useTranscriptKeys } from "./use-transcript-keys.ts";
import { useWordLight } from "./use-word-light.ts";

const NO_MARKS: readonly TurnMark[] = [];
const NO_HITS: ReadonlySet<number> = new Set();

export interface TranscriptProps {
  transcript: TranscriptView;
  turns: readonly Turn[];
  /** Who speaks, by party. */
  names: Readonly<Record<Turn["party"], string>>;
  playback: Playback | null;
  /** What is to be said between turns, by its place in the recording. */
  marks?: readonly TurnMark[];
  /** Stands beside the heading: what else of the words can be shown. */
  versions?: ReactNode;
}

/** A sentence of the product's own between what people said. */
export interface TurnMark {
  atMs: number;
  words: string;
}

/** The words of a call in turns. They follow the sound; pressing one plays from it. */
export function Transcript({ transcript, turns, names, playback, marks = NO_MARKS, versions }: TranscriptProps) {
  const region = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const [phrase, setPhrase] = useState("");
  // Typing stays ahead of the search through a long call.
  const wanted = useDeferredValue(phrase);
  const found = useMemo(() => findWords(turns, wanted), [turns, wanted]);
  const hits = useMemo(() => hitsByTurn(turns, found), [turns, found]);
  const momentAt = useMemo(() => momentFinder(turns), [turns]);
  useWordLight(region, momentAt, playback, (turn) => {
    if (follows && playback && playback.positionMs > 0) turn.scrollIntoView({ block: "nearest" });
  });
  useTranscriptKeys(turns, playback);

  /** Every word and every turn's time leads to its second; one listener serves them all. */
  function playFromPressed(event: MouseEvent) {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-seek]") : null;
    // Somebody who marks words to copy them does not want to hear them.
    if (!pressed || !playback || window.getSelection()?.isCollapsed === false) return;
    playback.seek(Number(pressed.dataset.seek));
    void playback.play();
  }

  function goToHit(index: number) {
    const first = found[index]?.[0];
    const word = region.current?.querySelector<HTMLElement>(`[data-word="${first}"]`);
    word?.scrollIntoView({ block: "center" });
    if (word) playback?.seek(Number(word.dataset.seek));
  }

  return (
    <section className={styles.transcript} aria-label="Transcript">
      <div className={styles.bar}>
        <h2>Transcript</h2>
        {versions ?? <Badge>{transcript.kind === "exact" ? `exact · v${transcript.version}` : "live captions"}</Badge>}
        {transcript.language && <Badge>{transcript.language}</Badge>}
        <FindField phrase={phrase} onPhrase={setPhrase} hits={found.length} onHit={goToHit} />
        <Button
          size="sm"
          square
          aria-pressed={follows}
          aria-label="Follow the sound"
          title="Follow the sound"
          onClick={() => setFollows(!follows)}
        >
          <Icon of={LocateFixed} small />
        </Button>
      </div>
      <section
        ref={region}
        className={styles.scroll}
        aria-label="Words of the call"
        onWheel={() => setFollows(false)}
        onTouchMove={() => setFollows(false)}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys , and . step through the words, the turn's time is a button */}
        <ol onClick={playFromPressed}>
          {turns.map((turn, index) => (
            <Fragment key={turn.id}>
              {marksBefore(marks, turns[index - 1], turn).map(({ atMs, words }) => (
                <li key={atMs} className={styles.mark}>
                  {words}
                </li>
              ))}
              <TurnView
                turn={turn}
                who={turn.party === "unknown" ? `Speaker ${turn.speaker}` : names[turn.party]}
                language={transcript.language}
                hits={hits[index] ?? NO_HITS}
              />
            </Fragment>
          ))}
          {marksBefore(marks, turns.at(-1), undefined).map(({ atMs, words }) => (
            <li key={atMs} className={styles.mark}>
              {words}
            </li>
          ))}
        </ol>
        <Legend turns={turns} />
      </section>
    </section>
  );
}

/** The marks that lie after the beginning of one turn and not after that of the next. */
function marksBefore(marks: readonly TurnMark[], before: Turn | undefined, next: Turn | undefined) {
  return marks.filter(
    ({ atMs }) => (before === undefined || atMs > before.startMs) && (next === undefined || atMs <= next.startMs),
  );
}

/** The hits of each turn. Turns without one share one empty set, so that they are not drawn again. */
function hitsByTurn(turns: readonly Turn[], found: readonly number[][]): ReadonlySet<number>[] {
  const all = new Set(found.flat());
  return turns.map(({ words }) => {
    const own = words.flatMap(({ index }) => (all.has(index) ? [index] : []));
    return own.length === 0 ? NO_HITS : new Set(own);
  });
}

/** Explains the mark of doubt, if any word carries it. */
function Legend({ turns }: { turns: readonly Turn[] }) {
  const words = turns.flatMap((turn) => turn.words);
  const unsure = words.filter((word) => word.unsure).length;
  if (unsure === 0) return null;
  return (
    <p className={styles.legend}>
      <span className={styles.word} data-unsure>
        unsure
      </span>
      : {unsure} of {words.length} words. Listen before you rely on them.
    </p>
  );
}
