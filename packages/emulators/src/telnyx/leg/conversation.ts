import type { Performance } from "../../script/perform.ts";
import { shiftBetween } from "./hear.ts";
import type { Ending, Leg } from "./leg.ts";
import { type SaidLine, say } from "./say.ts";
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
  readonly #end: (leg: Leg, ending: Ending) => void;
  #cancelNext: () => void = () => undefined;
  #performance: Performance | null | undefined;
  /** The script's next line. */
  #next = 0;
  /** By how many samples holding has postponed what is left. */
  #postponed = 0;
  /** The sample since which the line is on hold. */
  #heldSince: number | undefined;
  /** The sample at which the last line that was begun ends. */
  #speaksUntil = 0;
  /** Somebody else's script is performed from now on. */
  #hasLeft = false;
  /** The leg whose person speaks the agent's lines, once the two were joined; this script begins at `atMs`, when that one has finished. */
  #guest: { readonly leg: Leg; readonly atMs: number } | undefined;
  /** The sample of the call at which the script begins. */
  beganAt: number | undefined;

  constructor(leg: Leg, plan: Plan, end: (leg: Leg, ending: Ending) => void) {
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

  /** People who have not begun, and will. */
  get isWaiting(): boolean {
    return this.beganAt === undefined && !this.#hasLeft && this.plan.waitsForQuiet;
  }

  /** The lines that are still to be said, where they will be if nothing holds them up. */
  planned(): SaidLine[] {
    const began = this.beganAt;
    if (began === undefined || this.#hasLeft || !this.#leg.isAlive) return [];
    return this.#lines()
      .slice(this.#next)
      .map(({ speaker, speech, start }) => ({
        speaker,
        speech,
        start: began + start + this.#postponed,
        relay: undefined,
      }));
  }

  /** Looks whether the people may begin, go on or have to wait: now, or when the line will have been quiet for long enough. */
  consider(): void {
    const leg = this.#leg;
    if (this.#hasLeft || this.#performance === undefined || leg.state.kind !== "answered") return;
    if (this.beganAt !== undefined) {
      this.#followHold(this.beganAt);
      return;
    }
    this.#cancelNext();
    if (!this.plan.waitsForQuiet) {
      this.#begin(this.#performance);
      return;
    }
    // A stream that is opening will say when it is open, or that it failed.
    const isOpening = leg.streams.at(-1)?.state.kind === "opening";
    if (leg.speech.isBusy || this.#guest?.leg.speech.isBusy || isOpening) return;
    const due = this.#dueMs(leg.state.answeredMs);
    if (leg.now >= due) this.#begin(this.#performance);
    else this.#cancelNext = leg.agenda.at(due, () => this.consider());
  }

  /** The legs were joined: this script is performed with the other leg's person, as soon as that one has finished a sentence. */
  join(other: Leg): void {
    const speaksForMs = Math.max(0, toMs(other.conversation?.speaksUntil ?? 0) - other.now);
    this.#guest = { leg: other, atMs: this.#leg.now + speaksForMs };
    other.guestOf = this;
    this.consider();
  }

  /** Says no further line: the person talks to somebody else now, by that one's script. */
  leave(): void {
    this.#hasLeft = true;
    this.#cancelNext();
  }

  get speaksUntil(): number {
    return this.#speaksUntil;
  }

  /** The call time at which the line will have been theirs for long enough, as far as can be told now. */
  #dueMs(answeredMs: number): number {
    const leg = this.#leg;
    if (this.#guest !== undefined) return this.#guest.atMs;
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
    leg.note("audio", "conversation began", { script: performance?.script.title ?? null, fromFile: file !== null });
    this.#followHold(start);
    this.#goOn(start);
  }

  /** While either leg is on hold nobody begins a line: what is left is postponed by as long as that lasts. */
  #followHold(began: number): void {
    const leg = this.#leg;
    const now = toSample(leg.now);
    const isHeld = leg.isOnHold || (this.#guest?.leg.isOnHold ?? false);
    if (isHeld && this.#heldSince === undefined) {
      this.#heldSince = now;
      this.#cancelNext();
    } else if (!isHeld && this.#heldSince !== undefined) {
      this.#postponed += now - this.#heldSince;
      this.#heldSince = undefined;
      this.#goOn(began);
    }
  }

  /** Says the next line when its time has come; after the last one somebody hangs up. */
  #goOn(began: number): void {
    if (this.#heldSince !== undefined) return;
    const line = this.#lines()[this.#next];
    const at = began + (line?.start ?? this.#length()) + this.#postponed;
    this.#cancelNext = this.#leg.agenda.at(toMs(at), () => {
      if (!this.#leg.isAlive) return;
      if (line === undefined) {
        this.#hangUp();
        return;
      }
      this.#next += 1;
      this.#speaksUntil = at + line.speech.pcm.length;
      this.#say(line, at);
      this.#goOn(began);
    });
  }

  #say({ speaker, speech }: Performance["lines"][number], at: number): void {
    const guest = this.#guest?.leg;
    if (speaker === "caller") say(this.#leg, "remote", at, speech);
    else if (guest === undefined) say(this.#leg, "local", at, speech);
    else if (guest.isAlive) say(guest, "remote", at + shiftBetween(this.#leg, guest), speech);
  }

  /** The script's lines; where a file is the caller's side, without the caller's. */
  #lines(): Performance["lines"] {
    const lines = this.#performance?.lines ?? [];
    return this.plan.callerAudio === null ? lines : lines.filter(({ speaker }) => speaker === "agent");
  }

  #length(): number {
    const file = this.plan.callerAudio;
    return Math.max(this.#performance?.length ?? 0, file === null ? 0 : file.length + toSample(FILE_TAIL_MS));
  }

  #hangUp(): void {
    const guest = this.#guest?.leg;
    if (this.plan.hangupBy === "nobody") return;
    if (this.plan.hangupBy === "agent" && guest !== undefined) this.#end(guest, endingByPerson(guest, this.plan));
    else this.#end(this.#leg, this.ending());
  }

  /** How the call ends when its people end it. */
  ending(): Ending {
    const { hangupBy, hangupCause } = this.plan;
    if (hangupBy !== "agent") return endingByPerson(this.#leg, this.plan);
    // Seen live: 200 when the other end hung up, "unspecified" when our own side did.
    const source = this.#leg.direction === "incoming" ? "callee" : "caller";
    return { cause: hangupCause ?? "normal_clearing", source, sip: "unspecified" };
  }
}

/** How a leg ends when its remote party hangs up. */
function endingByPerson({ direction }: Leg, { hangupCause }: Plan): Ending {
  return {
    cause: hangupCause ?? "normal_clearing",
    source: direction === "incoming" ? "caller" : "callee",
    sip: "200",
  };
}
