"use client";
import { useEffect, useRef } from "react";
import { type CallLink, LEVELS_KEPT_MS } from "../../live/call-link.ts";
import { barsPath } from "../call/axis/bars.ts";
import styles from "./talk.module.css";

/** Pixels from one bar to the next, wide enough that each of the four levels of a second can have its own. */
const STEP = 3;
const REDRAW_MS = 250;

/** The levels of the last minute, caller above, agent below, as far as this page heard them. */
export function LastMinute({ link }: { link: CallLink }) {
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const svg = drawing.current;
    if (!svg) return;
    const draw = () => {
      const { clientWidth: width, clientHeight: height } = svg;
      const now = link.levels.newestMs;
      if (now === null || width === 0) return;
      const zero = height / 2;
      const columns = Math.floor(width / STEP);
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.querySelector("[data-zero]")?.setAttribute("d", `M0 ${zero}H${width}`);
      for (const [side, place] of [
        ["caller", "above"],
        ["agent", "below"],
      ] as const) {
        const bars = link.levels.columns(side, columns, now);
        const d = barsPath(bars, { step: STEP, zero, reach: zero - 8, side: place });
        svg.querySelector(`[data-side=${side}]`)?.setAttribute("d", d);
      }
    };
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    return () => clearInterval(timer);
  }, [link]);
  return (
    <div className={styles.lastMinute}>
      <svg ref={drawing} role="img" aria-label="Levels of the last minute, caller above, agent below">
        <path data-zero className={styles.zero} />
        <path data-side="caller" className={styles.caller} />
        <path data-side="agent" className={styles.agent} />
      </svg>
      <span>−{LEVELS_KEPT_MS / 1_000} s</span>
      <span>now</span>
    </div>
  );
}
