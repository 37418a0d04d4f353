"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { placeCall } from "../../api/commands.ts";
import { rememberPlaced } from "../../api/placed-here.ts";
import { numbersQuery } from "../../api/queries.ts";

export interface CallToPlace {
  from: string;
  to: string;
  detectMachine: boolean;
}

/**
 * Places calls, and knows which of our numbers may. A press repeated after silence from the server carries the same key and
 * rings nobody twice; another number, or a call that was placed, begins a new key.
 */
export function usePlaceCall(onPlaced?: (callId: string) => void) {
  const numbers = useQuery(numbersQuery);
  const attempt = useRef<{ asked: string; key: string } | null>(null);
  const placing = useMutation({
    mutationFn: async ({ from, to, detectMachine }: CallToPlace) => {
      const asked = JSON.stringify([from, to, detectMachine]);
      if (attempt.current?.asked !== asked) attempt.current = { asked, key: crypto.randomUUID() };
      const number = numbers.data?.numbers.find(({ id }) => id === from);
      if (!number) throw new Error("Choose the number that calls.");
      return placeCall({ from: number.id, to, detectMachine }, attempt.current.key);
    },
    onSuccess: ({ callId }) => {
      attempt.current = null;
      rememberPlaced(callId);
      onPlaced?.(callId);
    },
  });
  return { numbers, placing };
}
