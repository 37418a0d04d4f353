"use client";
import { type RefObject, useEffect, useEffectEvent } from "react";
import type { Playback } from "../player/playback.ts";
import type { Moment } from "./turns.ts";

/**
 * Marks the word that is being said, and its turn, with `data-now`, as the sound goes on; tells when another turn begins.
 * By hand, not by drawing again: three hours of talk are thousands of turns, and a word lasts a third of a second.
 */
export function useWordLight(
  region: RefObject<HTMLElement | null>,
  momentAt: (atMs: number) => Moment | null,
  playback: Playback | null,
  onTurn: (turn: HTMLElement) => void,
): void {
  const tellTurn = useEffectEvent(onTurn);
  useEffect(() => {
    if (!playback) return;
    let lit: { moment: Moment; elements: readonly HTMLElement[] } | null = null;
    const putOut = () => {
      for (const element of lit?.elements ?? []) delete element.dataset.now;
      lit = null;
    };
    const stop = playback.onFrame((atMs) => {
      const moment = momentAt(atMs);
      if (moment?.word === lit?.moment.word) return;
      const turnBefore = lit?.moment.turn;
      putOut();
      const word = moment && region.current?.querySelector<HTMLElement>(`[data-word="${moment.word}"]`);
      const turn = word?.closest<HTMLElement>("li");
      if (!moment || !word || !turn) return;
      lit = { moment, elements: [word, turn] };
      for (const element of lit.elements) element.dataset.now = "";
      if (moment.turn !== turnBefore) tellTurn(turn);
    });
    return () => {
      stop();
      putOut();
    };
  }, [region, momentAt, playback]);
}
