"use client";
import { dayAndTime, dayOf, exactInstant } from "../../format/time.ts";

/** A day, with the exact instant on hover. */
export function Day({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={exactInstant(instant)}>
      {dayOf(instant)}
    </time>
  );
}

/** A day and its time, with the exact instant on hover. */
export function Moment({ instant }: { instant: string }) {
  return (
    <time dateTime={instant} title={exactInstant(instant)}>
      {dayAndTime(instant, new Date())}
    </time>
  );
}
