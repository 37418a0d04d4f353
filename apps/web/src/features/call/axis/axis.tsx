"use client";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { clock } from "../../../format/time.ts";
import { type Playback, SKIP_MS } from "../player/playback.ts";
import styles from "./axis.module.css";
import type { AxisMark } from "./axis-marks.ts";
import type { Loudness, Span } from "./bars.ts";
import { Wave } from "./wave.tsx";

const NO_MARKS: readonly AxisMark[] = [];

interface AxisSide {
  name: string;
  /** Such as "spoke 36%". */
  detail: string;
}

export interface AxisProps {
  loudness: Loudness | null;
  durationMs: number;
  silences: readonly Span[];
  /** Spans that something is to be said of. */
  marks?: readonly AxisMark[];
  caller: AxisSide;
  agent: AxisSide;
  playback: Playback | null;
}

/**
 * The call on one scale of time: the caller's voice above the line, the agent's below it, the ruler under both. Pressing or
 * dragging goes to that moment; so do the arrow keys, as on any slider.
 */
export function Axis({ loudness, durationMs, silences, marks = NO_MARKS, caller, agent, playback }: AxisProps) {
  const view = useRef<HTMLDivElement>(null);
  const size = useSize(view);
  const isHeld = useRef(false);

  useEffect(
    () =>
      playback?.onFrame((atMs) => {
        const element = view.current;
        if (!element) return;
        // Sixty times a second: the slider is told by hand, not by drawing the component again.
        element.setAttribute("aria-valuenow", String(Math.round(atMs / 1_000)));
        element.setAttribute("aria-valuetext", `${clock(atMs)} of ${clock(durationMs)}`);
        element.style.setProperty("--played", String(atMs / durationMs));
      }),
    [playback, durationMs],
  );

  function seekTo(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    playback?.seek(((event.clientX - box.left) / box.width) * durationMs);
  }

  return (
    <section className={styles.axis} aria-label="Time axis">
      <div className={styles.names}>
        <Side side={caller} className={styles.callerName} />
        <Side side={agent} className={styles.agentName} />
      </div>
      <div
        ref={view}
        className={styles.view}
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1_000)}
        aria-valuenow={0}
        aria-disabled={playback === null || undefined}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          isHeld.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => isHeld.current && seekTo(event)}
        onPointerUp={() => {
          isHeld.current = false;
        }}
        onPointerCancel={() => {
          isHeld.current = false;
        }}
        onKeyDown={(event) => stepByKey(event, playback)}
      >
        {size && <Wave loudness={loudness} durationMs={durationMs} silences={silences} marks={marks} {...size} />}
        <span className={styles.playhead} aria-hidden="true" />
      </div>
    </section>
  );
}

function Side({ side, className }: { side: AxisSide; className: string | undefined }) {
  return (
    <p className={className}>
      {side.name}
      <small>{side.detail}</small>
    </p>
  );
}

/** The keys of a slider: arrows by five seconds, page keys by thirty, home and end. */
function stepByKey(event: KeyboardEvent, playback: Playback | null) {
  if (!playback || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
  const steps: Record<string, () => void> = {
    ArrowLeft: () => playback.skip(-SKIP_MS),
    ArrowDown: () => playback.skip(-SKIP_MS),
    ArrowRight: () => playback.skip(SKIP_MS),
    ArrowUp: () => playback.skip(SKIP_MS),
    PageDown: () => playback.skip(-6 * SKIP_MS),
    PageUp: () => playback.skip(6 * SKIP_MS),
    Home: () => playback.seek(0),
    End: () => playback.seek(playback.durationMs),
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  step();
}

interface Size {
  width: number;
  height: number;
}

function useSize(element: { readonly current: HTMLElement | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setSize({ width: target.clientWidth, height: target.clientHeight }));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return useMemo(() => (size && size.width > 0 ? size : null), [size]);
}
