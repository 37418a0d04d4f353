import { randomUUID } from "node:crypto";
import { type Ear, hear, refusePaces, stopHearing } from "../leg/hear.ts";
import { introduce } from "../leg/introduce.ts";
import type { Leg } from "../leg/leg.ts";
import type { EventType } from "../schema/common.ts";

/** What happens when a participant leaves: `end` ends the conference and hangs up on everyone, `part` only ends it. */
export type Exit = "stay" | "end" | "part";

export type EndReason = "all_left" | "host_left" | "time_exceeded" | "ended_via_api";

export interface Participant {
  readonly leg: Leg;
  readonly joinedAt: string;
  readonly onExit: Exit;
  isMuted: boolean;
  isOnHold: boolean;
}

/** Several legs that hear each other, except those that are muted or on hold. */
export class Conference {
  readonly id = randomUUID();
  readonly name: string;
  readonly creator: Leg;
  readonly createdAt: string;
  readonly #participants = new Map<Leg, Participant>();
  readonly #hangUp: (leg: Leg) => void;
  #ears: Ear[] = [];
  ended: { readonly at: string; readonly reason: EndReason } | undefined;

  /** `hangUp` is how the conference ends the calls of those who are left when it ends. */
  constructor(name: string, creator: Leg, hangUp: (leg: Leg) => void) {
    this.name = name;
    this.creator = creator;
    this.createdAt = creator.clock.iso(creator.now);
    this.#hangUp = hangUp;
    this.#notify("conference.created", creator, { occurred_at: this.createdAt });
  }

  get participants(): readonly Participant[] {
    return [...this.#participants.values()];
  }

  hasOnHold(leg: Leg): boolean {
    return this.#participants.get(leg)?.isOnHold ?? false;
  }

  /** Takes a leg in that is in no other bridge or conference. */
  join(leg: Leg, options: { readonly onExit: Exit; readonly isMuted: boolean; readonly isOnHold: boolean }): void {
    const [first] = this.#participants.keys();
    if (first !== undefined) refusePaces(first, leg);
    this.#participants.set(leg, { leg, joinedAt: leg.clock.iso(leg.now), ...options });
    leg.conference = this;
    this.#notify("conference.participant.joined", leg);
    this.#tune();
    if (first !== undefined) introduce(first, leg);
  }

  /** Lets a participant go; its call goes on. */
  leave(leg: Leg): void {
    const participant = this.#participants.get(leg);
    if (participant === undefined) return;
    this.#participants.delete(leg);
    leg.conference = undefined;
    this.#tune();
    this.#notify("conference.participant.left", leg);
    if (participant.onExit !== "stay") this.end("host_left", leg, participant.onExit === "end");
    else if (this.#participants.size === 0) this.end("all_left", leg, false);
    else leg.reconsider();
  }

  /** Mutes, unmutes, holds or unholds participants. */
  change(legs: readonly Leg[], change: Partial<Pick<Participant, "isMuted" | "isOnHold">>): void {
    for (const leg of legs) {
      const participant = this.#participants.get(leg);
      if (participant !== undefined) Object.assign(participant, change);
    }
    this.#tune();
    for (const leg of legs) leg.reconsider();
  }

  /** Ends it, told by `last`. Those who are left are parted, or their calls end as well. */
  end(reason: EndReason, last: Leg, hangUpRest: boolean): void {
    if (this.ended !== undefined) return;
    const at = last.clock.iso(last.now);
    this.ended = { at, reason };
    const rest = [...this.#participants.keys()];
    this.#participants.clear();
    this.#tune();
    for (const leg of rest) {
      leg.conference = undefined;
      this.#notify("conference.participant.left", leg);
      if (hangUpRest) this.#hangUp(leg);
    }
    this.#notify("conference.ended", last, { occurred_at: at, reason });
  }

  /** Brings who hears whom to what it should be now. */
  #tune(): void {
    const isHeard = (source: Leg, listener: Leg) => {
      const [speaker, hearer] = [this.#participants.get(source), this.#participants.get(listener)];
      if (speaker === undefined || hearer === undefined || source === listener) return false;
      return !speaker.isMuted && !speaker.isOnHold && !hearer.isOnHold;
    };
    const [kept, gone] = [this.#ears.filter((ear) => isHeard(ear.source, ear.listener)), this.#ears];
    for (const ear of gone) if (!kept.includes(ear)) stopHearing(ear);
    for (const listener of this.#participants.keys()) {
      for (const source of this.#participants.keys()) {
        const isOpen = kept.some((ear) => ear.source === source && ear.listener === listener);
        if (!isOpen && isHeard(source, listener)) kept.push(hear(listener, source));
      }
    }
    this.#ears = kept;
  }

  #notify(event: EventType, leg: Leg, fields: Record<string, unknown> = {}): void {
    leg.notify(event, { ...leg.identifiers(), conference_id: this.id, ...fields });
  }
}
