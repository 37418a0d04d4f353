"use client";
import { useLayoutEffect, useRef } from "react";
import { meant, type Seen, shown } from "./seen.ts";

/** Asks, at a press, what whoever presses saw: `value`, unless it was shown too short a time ago to be what is meant. */
export function useSeen<Value>(value: Value): () => Value {
  const seen = useRef<Seen<Value>>({ now: value, before: value, changedAt: 0 });
  useLayoutEffect(() => {
    seen.current = shown(seen.current, value, Date.now());
  }, [value]);
  return () => meant(seen.current, Date.now());
}
