import { randomUUID } from "node:crypto";
import type { Leg } from "../leg/leg.ts";
import { type Span, toSample } from "../leg/track.ts";

/** Whether a pause is silent in the file or missing from it: the vendor does not say. */
export type PauseMode = "silence" | "cut";

export interface RecordingOptions {
  /** Given where a command's answer already named it. */
  readonly id?: string;
  readonly channels: "single" | "dual";
  readonly track: "both" | "inbound" | "outbound";
  readonly customFileName: string | undefined;
  readonly initiatedBy: string;
}

/** A recording of one leg, from a moment of its call to another. All times are call milliseconds. */
export class Recording {
  readonly id: string;
  readonly leg: Leg;
  readonly options: RecordingOptions;
  readonly startMs: number;
  readonly pauses: { readonly fromMs: number; toMs: number | null }[] = [];
  endMs: number | null = null;
  /** The wall clock's ISO instant at which the file was there. */
  savedAt: string | null = null;
  isDeleted = false;

  constructor(leg: Leg, options: RecordingOptions, startMs: number) {
    this.id = options.id ?? randomUUID();
    this.leg = leg;
    this.options = options;
    this.startMs = startMs;
  }

  get isOpen(): boolean {
    return this.endMs === null;
  }

  /** The first sample of the call that is in the file, and the one after the last. */
  get span(): Span {
    return { from: toSample(this.startMs), to: toSample(this.endMs ?? this.leg.now) };
  }

  /** 2 when both sides have their own channel. A recording of one track is mono, whatever was asked. */
  get channelCount(): 1 | 2 {
    return this.options.channels === "dual" && this.options.track === "both" ? 2 : 1;
  }

  /** The stretches of the call that the file holds. */
  get heard(): Span[] {
    const { from, to } = this.span;
    const spans: Span[] = [];
    let at = from;
    for (const { fromMs, toMs } of this.pauses) {
      spans.push({ from: at, to: Math.max(at, toSample(fromMs)) });
      at = Math.min(to, Math.max(at, toMs === null ? to : toSample(toMs)));
    }
    return [...spans, { from: at, to }];
  }

  /** A moment of the call as a sample of the file; of a moment in a pause that was cut, the sample after it. */
  positionOf(callMs: number): number {
    const { from } = this.span;
    const at = toSample(callMs);
    if (this.leg.pauseMode === "silence") return at - from;
    return this.heard.reduce((length, span) => length + Math.max(0, Math.min(span.to, at) - span.from), 0);
  }

  pause(atMs: number): void {
    if (this.pauses.at(-1)?.toMs === null) return;
    this.pauses.push({ fromMs: atMs, toMs: null });
  }

  resume(atMs: number): void {
    const last = this.pauses.at(-1);
    if (last !== undefined && last.toMs === null) last.toMs = atMs;
  }
}
