import type { Performance } from "../../script/perform.ts";
import type { Ending, Leg } from "./leg.ts";
import { toMs, toSample } from "./track.ts";

/** What the people of a call will do. */
export interface Plan {
  readonly performance: Promise<Performance | null>;
  /** The caller's side as given in a file, instead of the script's caller lines: 8 kHz PCM16. */
  readonly callerAudio: Int16Array | null;
  /** Who hangs up when all is said; `nobody` leaves it to the application. */
  readonly hangupBy: "caller" | "agent" | "nobody";
  /** Overrides the hang-up cause. */
  readonly hangupCause: string | null;
  /** A machine talks at once; people let the announcement end and the recording begin. */
  readonly waitsForQuiet: boolean;
  /** How long people wait for the application's next command before they talk unrecorded, in real milliseconds. */
  readonly graceMs: number;
}

/** Between the moment at which nothing is left to wait for and the first word: real milliseconds, so that commands in flight arrive. */
const SETTLE_MS = 200;
/** After a file was played, before its side hangs up. */
const FILE_TAIL_MS = 600;

/** Two people on a leg. They begin when the line is theirs, and their words lie on the call's track to the sample. */
export class Conversation {
  readonly plan: Plan;
  readonly #leg: Leg;
  readonly #end: (ending: Ending) => void;
  #cancelCheck: () => void = () => undefined;
  #performance: Performance | null | undefined;
  /** The sample of the call at which the script begins. */
  beganAt: number | undefined;

  constructor(leg: Leg, plan: Plan, end: (ending: Ending) => void) {
    this.#leg = leg;
    this.plan = plan;
    this.#end = end;
    plan.performance.then(
      (performance) => {
        this.#performance = performance;
        leg.agenda.catchUp();
        this.consider();
      },
      (error: unknown) => leg.note("audio", "script failed", String(error)),
    );
  }

  get performance(): Performance | null {
    return this.#performance ?? null;
  }

  /** Looks whether the people may begin, now or at the time when the line will have been quiet for long enough. */
  consider(): void {
    const leg = this.#leg;
    this.#cancelCheck();
    if (this.beganAt !== undefined || this.#performance === undefined || leg.state.kind !== "answered") return;
    if (!this.plan.waitsForQuiet) {
      this.#begin(this.#performance);
      return;
    }
    // A stream that is opening will say when it is open, or that it failed.
    if (leg.speech.isBusy || leg.streams.at(-1)?.state.kind === "opening") return;
    const due = this.#dueMs(leg.state.answeredMs);
    if (leg.now >= due) this.#begin(this.#performance);
    else this.#cancelCheck = leg.agenda.at(due, () => this.consider());
  }

  /** The call time at which the line will have been theirs for long enough, as far as can be told now. */
  #dueMs(answeredMs: number): number {
    const leg = this.#leg;
    const recordingMs = leg.recordings[0]?.startMs;
    const stream = leg.streams.at(-1)?.state;
    const streamMs = stream?.kind === "open" ? stream.startMs : 0;
    const quietMs = Math.max(answeredMs, leg.speech.quietSinceMs, recordingMs ?? leg.lastCommandMs, streamMs);
    if (recordingMs !== undefined) return quietMs + SETTLE_MS * leg.clock.pace;
    const due = quietMs + this.plan.graceMs * leg.clock.pace;
    // Who has not been told yet cannot have decided: look again when the news may have arrived.
    const isUnaware = leg.deliveries.some((delivery) => delivery.state === "pending");
    return isUnaware ? Math.max(due, leg.afterReal(SETTLE_MS)) : due;
  }

  #begin(performance: Performance | null): void {
    const leg = this.#leg;
    const start = toSample(leg.now);
    this.beganAt = start;
    const file = this.plan.callerAudio;
    if (file !== null) leg.track.place("remote", start, file);
    for (const line of performance?.lines ?? []) {
      const isCaller = line.speaker === "caller";
      if (isCaller && file !== null) continue;
      leg.track.place(isCaller ? "remote" : "local", start + line.start, line.speech.pcm);
    }
    leg.note("audio", "conversation began", { script: performance?.script.title ?? null, fromFile: file !== null });
    const fileLength = file === null ? 0 : file.length + toSample(FILE_TAIL_MS);
    const length = Math.max(performance?.length ?? 0, fileLength);
    if (this.plan.hangupBy !== "nobody") leg.agenda.at(toMs(start + length), () => this.#end(this.ending()));
  }

  /** How the call ends when its people end it. */
  ending(): Ending {
    const { hangupBy, hangupCause } = this.plan;
    const callerIsRemote = this.#leg.direction === "incoming";
    const byRemote = hangupBy !== "agent";
    return {
      cause: hangupCause ?? "normal_clearing",
      source: byRemote === callerIsRemote ? "caller" : "callee",
      // Seen live: 200 when the other end hung up, "unspecified" when our own side did.
      sip: byRemote ? "200" : "unspecified",
    };
  }
}
