"use client";
import type { CallSummary } from "@earwitness/shared";
import { useState } from "react";

/**
 * The call in the pane: the one that the address names, else the newest that goes on. What was shown stays when it ends, until
 * another call goes on: nobody loses the words that they are reading.
 */
export function useChosenCall(named: string | null, inProgress: readonly CallSummary[]) {
  const [shown, setShown] = useState<string | null>(null);
  const goesOn = inProgress.some(({ id }) => id === shown);
  const next = goesOn ? shown : (inProgress[0]?.id ?? shown);
  if (next !== shown) setShown(next);

  return {
    chosenId: named ?? next,
    /** Whether a person chose it: on a phone, only then does it cover the wall. */
    isByHand: named !== null,
    choose(callId: string | null) {
      // The browser's own history: Next hears of it, and fetches nothing for a page that is here already.
      const address = callId === null ? "/live" : `/live?call=${encodeURIComponent(callId)}#talk`;
      window.history.pushState(null, "", address);
    },
  };
}
