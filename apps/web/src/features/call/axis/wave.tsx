import { memo, useId, useMemo } from "react";
import { clock } from "../../../format/time.ts";
import styles from "./axis.module.css";
import type { AxisMark } from "./axis-marks.ts";
import { barsPath, columnLevels, type Loudness, rulerTicks, type Span } from "./bars.ts";

/** Pixels from one bar to the next: bars of 2, gaps of 1. */
const STEP = 3;
/** Room above the bars for the playhead's cap, and below them for the ruler. */
const TOP = 16;
const BOTTOM = 32;

export interface WaveProps {
  loudness: Loudness | null;
  durationMs: number;
  silences: readonly Span[];
  marks: readonly AxisMark[];
  width: number;
  height: number;
}

/**
 * Draws the bars of both sides, the silences and the ruler. What was played stands in full colour over the same bars in
 * quiet colour; a clip that follows `--played` parts the two, so that nothing is drawn again while the sound runs.
 */
export const Wave = memo(function Wave({ loudness, durationMs, silences, marks, width, height }: WaveProps) {
  const played = useId();
  const zero = (TOP + height - BOTTOM) / 2;
  const x = (ms: number) => (ms / durationMs) * width;
  const bars = useMemo(() => {
    if (!loudness) return null;
    const columns = Math.floor(width / STEP);
    const shape = { step: STEP, zero, reach: zero - TOP - 2 };
    return {
      caller: barsPath(columnLevels(loudness.caller, loudness, columns), { ...shape, side: "above" }),
      agent: barsPath(columnLevels(loudness.agent, loudness, columns), { ...shape, side: "below" }),
    };
  }, [loudness, width, zero]);
  return (
    <svg className={styles.wave} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {marks.map(({ kind, startMs, endMs, words }) => (
        <rect
          key={`${kind} ${startMs}`}
          className={kind === "paused" ? styles.paused : styles.healed}
          x={x(startMs)}
          y={TOP}
          // A pause that the file leaves out is a moment there, and still to be seen.
          width={Math.max(2, x(endMs - startMs))}
          height={height - BOTTOM - TOP}
        >
          <title>{words}</title>
        </rect>
      ))}
      <path className={styles.zero} d={`M0 ${zero}H${width}`} />
      {bars && (
        <>
          <clipPath id={played}>
            <rect className={styles.played} width={width} height={height} />
          </clipPath>
          <path className={styles.callerAhead} d={bars.caller} />
          <path className={styles.agentAhead} d={bars.agent} />
          <g clipPath={`url(#${played})`}>
            <path className={styles.caller} d={bars.caller} />
            <path className={styles.agent} d={bars.agent} />
          </g>
        </>
      )}
      {silences.map(({ startMs, endMs }) => (
        <path key={startMs} className={styles.silence} d={`M${x(startMs)} ${zero}H${x(endMs)}`} />
      ))}
      {rulerTicks(durationMs, width).map(({ atMs, major }) => (
        <g key={atMs}>
          <path className={styles.tick} d={`M${x(atMs)} ${height - 20}v${major ? 6 : 3}`} />
          {major && x(atMs) < width - 30 && (
            <text className={styles.ruler} x={x(atMs) + 4} y={height - 5}>
              {clock(atMs)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
});
