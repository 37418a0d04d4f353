"use client";
import { Pause } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/use-now.ts";
import { waited } from "./duration-words.ts";

export interface UpdatesProps {
  /** When the last answer came; 0 before the first. */
  updatedAt: number;
  isPaused: boolean;
  onPause: (isPaused: boolean) => void;
}

/** How old the screen is, and the switch that holds it still. */
export function Updates({ updatedAt, isPaused, onPause }: UpdatesProps) {
  const ageMs = Math.max(0, useNow(1_000) - updatedAt);
  const age = `${waited(Math.floor(ageMs / 1_000) * 1_000).replace(".0", "")} ago`;
  return (
    <>
      {updatedAt > 0 && (
        <span className="quiet small no-phone">
          {isPaused ? "paused" : "updates by itself"}, {age}
        </span>
      )}
      <Button look="line" aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
        <Icon of={Pause} />
        Pause updates
      </Button>
    </>
  );
}
