"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(tell: () => void) {
  listeners.add(tell);
  window.addEventListener("storage", tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener("storage", tell);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is closed to this page
  }
}

/**
 * A small choice that this browser keeps, the same in all its tabs. It reads as `choices[0]` until one is made, and while
 * the page is drawn on the server.
 */
export function useStoredChoice<Choice extends string>(
  key: string,
  choices: readonly [Choice, ...Choice[]],
): [Choice, (choice: Choice) => void] {
  const kept = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const choose = (choice: Choice) => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // It holds for this page at least, through whoever called.
    }
    for (const tell of listeners) tell();
  };
  return [choices.find((choice) => choice === kept) ?? choices[0], choose];
}
