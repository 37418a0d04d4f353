/**
 * A call's own time: milliseconds since it began, running `pace` times as fast as the wall clock. Every stamp that a call reports
 * follows it, so that a call that is played twenty times faster still says how long its people spoke.
 */
export class CallClock {
  readonly startedAt: number;
  readonly pace: number;
  /** How far its stamps are ahead of this machine's clock. */
  readonly aheadMs: number;

  constructor(startedAt: number, pace: number, aheadMs = 0) {
    this.startedAt = startedAt;
    this.pace = pace;
    this.aheadMs = aheadMs;
  }

  now(): number {
    return (Date.now() - this.startedAt) * this.pace;
  }

  /** Call milliseconds as an ISO instant with microseconds, as Telnyx writes them. */
  iso(callMs: number): string {
    return isoMicros(this.startedAt + this.aheadMs + callMs);
  }
}

function isoMicros(epochMs: number): string {
  const whole = Math.floor(epochMs);
  const micros = Math.min(999, Math.floor((epochMs - whole) * 1000));
  return new Date(whole).toISOString().replace("Z", `${String(micros).padStart(3, "0")}Z`);
}
