import { randomUUID } from "node:crypto";
import type { Leg } from "./leg.ts";
import { type Placement, toMs, toSample } from "./track.ts";

/** Sound that a command plays to a leg, with the words that it says where they are known. */
export interface Sound {
  readonly pcm: Int16Array;
  readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

interface Entry {
  readonly kind: "speak" | "playback";
  readonly id: string;
  /** Event fields beyond the identifiers. */
  readonly fields: Readonly<Record<string, unknown>>;
  loopsLeft: number;
  sound: Sound | undefined;
  placement: Placement | undefined;
}

type Status = "completed" | "call_hangup" | "cancelled" | "failed";

/** What a leg's speak and playback commands play: one after the other, each with its started and ended events. */
export class SpeechQueue {
  readonly #leg: Leg;
  #entries: Entry[] = [];
  /** Call time at which the last sound ended. */
  quietSinceMs = 0;

  constructor(leg: Leg) {
    this.#leg = leg;
  }

  get isBusy(): boolean {
    return this.#entries.length > 0;
  }

  /** Whether something is played that ends only when it is stopped: music on hold. */
  get isLooping(): boolean {
    const [current] = this.#entries;
    return current?.placement !== undefined && current.loopsLeft === Number.POSITIVE_INFINITY;
  }

  /** Queues sound that may still be in the making; it starts when it is there and what was before it has ended. */
  add(kind: Entry["kind"], sound: Promise<Sound>, loops: number, fields: Entry["fields"] = {}): void {
    const entry: Entry = { kind, id: randomUUID(), fields, loopsLeft: loops, sound: undefined, placement: undefined };
    this.#entries.push(entry);
    sound.then(
      (made) => {
        // First what is due: this sound is there from now on, it was not when the one before it ended.
        this.#leg.agenda.catchUp();
        entry.sound = made;
        this.#pump();
      },
      (error: unknown) => {
        this.#leg.note("audio", `${kind} failed`, String(error));
        this.#end(entry, "failed");
      },
    );
  }

  /** Ends the one that plays, or all. */
  stop(which: "current" | "all", kind?: Entry["kind"]): void {
    const ending = (which === "all" ? [...this.#entries] : this.#entries.slice(0, 1)).filter(
      (entry) => kind === undefined || entry.kind === kind,
    );
    for (const entry of ending) this.#end(entry, "cancelled");
  }

  hangUp(): void {
    for (const entry of [...this.#entries]) this.#end(entry, "call_hangup");
  }

  #pump(): void {
    const entry = this.#entries[0];
    if (entry === undefined || entry.sound === undefined || entry.placement !== undefined || !this.#leg.isAlive) return;
    this.#event(entry, "started", {});
    this.#play(entry, entry.sound);
    if (this.isLooping) this.#leg.reconsider();
  }

  #play(entry: Entry, sound: Sound): void {
    const placement = this.#leg.track.place("local", toSample(this.#leg.now), sound.pcm);
    entry.placement = placement;
    this.#leg.note("audio", entry.kind, {
      words: sound.words.map((word) => ({
        text: word.text,
        startMs: toMs(placement.start + word.start),
        endMs: toMs(placement.start + word.end),
      })),
    });
    this.#leg.agenda.at(toMs(placement.end), () => {
      if (entry.placement !== placement || !this.#entries.includes(entry)) return;
      entry.loopsLeft -= 1;
      if (entry.loopsLeft > 0) this.#play(entry, sound);
      else this.#end(entry, "completed");
    });
  }

  #end(entry: Entry, status: Status): void {
    if (!this.#entries.includes(entry)) return;
    const now = this.#leg.now;
    this.#entries = this.#entries.filter((other) => other !== entry);
    if (entry.placement !== undefined) {
      entry.placement.end = Math.min(entry.placement.end, toSample(now));
      this.quietSinceMs = now;
    }
    if (entry.placement !== undefined || status === "failed") {
      // The vendor has no word for a speak that was stopped: it ends as one that was completed.
      const said = entry.kind === "speak" && status === "cancelled" ? "completed" : status;
      this.#event(entry, "ended", { status: said, ...(entry.kind === "playback" ? { status_detail: "" } : {}) });
    }
    this.#pump();
    this.#leg.reconsider();
  }

  #event(entry: Entry, moment: "started" | "ended", fields: Record<string, unknown>): void {
    const id = entry.kind === "speak" ? { speak_id: entry.id } : { playback_id: entry.id };
    this.#leg.notify(`call.${entry.kind}.${moment}`, { ...this.#leg.identifiers(), ...id, ...entry.fields, ...fields });
  }
}
