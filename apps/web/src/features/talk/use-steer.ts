"use client";
import type { SteerCall, SteerTaken } from "@earwitness/shared";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { meQuery } from "../../api/queries.ts";
import { steerCall } from "../../api/steer.ts";
import { alreadyWords, REFUSED } from "./steer-words.ts";

/** Long enough to be read twice. */
const TOLD_FOR_MS = 20_000;

/** What became of the last wish, where that needs a sentence. */
export interface SteerAnswer {
  tone: "plain" | "bad";
  text: string;
}

/**
 * Asks for things to be done to a call. Each press is a wish with a key of its own, and the same wish is not sent twice while
 * the first is under way. What then stands is told by the call's own state, not by the press.
 */
export function useSteer(callId: string) {
  const me = useQuery(meQuery).data;
  const underWay = useRef(new Set<SteerCall["action"]>());
  const steering = useMutation({
    mutationFn: ({ wish, key }: { wish: SteerCall; key: string }) => steerCall(callId, wish, key),
    onSettled: (_taken, _error, { wish }) => void underWay.current.delete(wish.action),
  });
  const action = steering.variables?.wish.action;

  // What went well is said for a while; what was refused stays until the next press.
  const isTold = steering.data?.effect === "already";
  const { reset } = steering;
  useEffect(() => {
    if (!isTold) return;
    const timer = setTimeout(reset, TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [isTold, reset]);

  function ask(wish: SteerCall, onTaken?: (taken: SteerTaken) => void) {
    if (underWay.current.has(wish.action)) return;
    underWay.current.add(wish.action);
    steering.mutate({ wish, key: crypto.randomUUID() }, onTaken && { onSuccess: onTaken });
  }

  return {
    ask,
    /** What is being asked for just now. */
    asking: steering.isPending ? action : undefined,
    answer: answerOf(),
  };

  function answerOf(): SteerAnswer | null {
    if (action === undefined) return null;
    if (steering.error) return { tone: "bad", text: `${REFUSED[action]} ${errorMessage(steering.error)}` };
    if (steering.data?.effect !== "already") return null;
    return { tone: "plain", text: alreadyWords(action, steering.data, me?.user.id, steering.submittedAt) };
  }
}
