"use client";
import { useRef, useState } from "react";
import { SearchInput } from "../../../ui/input.tsx";
import { Kbd } from "../../../ui/kbd.tsx";
import { useKeys } from "../../shell/use-keys.ts";
import styles from "./transcript.module.css";

export interface FindFieldProps {
  phrase: string;
  onPhrase: (phrase: string) => void;
  hits: number;
  /** Goes to the hit of that place, from 0. */
  onHit: (index: number) => void;
}

/** Searches in the words of this call; enter goes from hit to hit. */
export function FindField({ phrase, onPhrase, hits, onHit }: FindFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  useKeys({ "/": () => input.current?.focus() });

  function goOn(step: 1 | -1) {
    if (hits === 0) return;
    const next = (at + step + hits) % hits;
    setAt(next);
    onHit(next);
  }

  return (
    <>
      <SearchInput
        ref={input}
        className={styles.find}
        label="Search in transcript"
        placeholder="Search in transcript"
        value={phrase}
        end={<Kbd>/</Kbd>}
        onChange={(event) => {
          onPhrase(event.currentTarget.value);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") goOn(event.shiftKey ? -1 : 1);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span className={styles.found} role="status">
        {phrase.trim().length > 1 && (hits === 0 ? "none" : at === -1 ? `${hits} found` : `${at + 1} of ${hits}`)}
      </span>
    </>
  );
}
