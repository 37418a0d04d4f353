"use client";
import { useEffect, useRef } from "react";
import type { CallLink } from "../../live/call-link.ts";
import styles from "./meter.module.css";

const BARS = ["a", "b", "c", "d", "e", "f", "g", "h", "i"] as const;
const TICK_MS = 100;
/** A meter that is to stand still shows the mean of a second, once a second. */
const CALM_MS = 1_000;
/** How much of a level is left a tick later, when nothing newer was told. */
const DECAY = 0.8;
/** A bar of silence is still a dot. */
const LEAST = 0.1;

/** How loud one side was in the last second, newest at the end; moved ten times a second by transform alone. */
export function Meter({ link, side }: { link: CallLink | null; side: "caller" | "agent" }) {
  const meter = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const bars = [...(meter.current?.children ?? [])].filter((bar) => bar instanceof HTMLElement);
    if (!link || bars.length === 0) return;
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let shown = bars.map(() => 0);
    let toldUntil: number | null = null;
    const draw = () => {
      const { newestMs } = link.levels;
      const isNew = newestMs !== toldUntil;
      toldUntil = newestMs;
      const level = isNew ? link.levels.newest(side) : (shown.at(-1) ?? 0) * DECAY;
      shown = isCalm ? shown.map(() => link.levels.mean(side, CALM_MS)) : [...shown.slice(1), level];
      bars.forEach((bar, i) => {
        bar.style.setProperty("--level", String(Math.max(LEAST, shown[i] ?? 0)));
      });
    };
    const timer = setInterval(draw, isCalm ? CALM_MS : TICK_MS);
    return () => clearInterval(timer);
  }, [link, side]);
  return (
    <span ref={meter} className={styles.meter} data-side={side} aria-hidden="true">
      {BARS.map((bar) => (
        <i key={bar} />
      ))}
    </span>
  );
}
