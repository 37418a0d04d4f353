import { randomUUID } from "node:crypto";
import type { Faults } from "../faults/faults.ts";
import { keepNewest } from "../keep-newest.ts";
import type { Conference } from "./conferences/conference.ts";
import { CallClock } from "./leg/clock.ts";
import { Leg, type LegIdentity } from "./leg/leg.ts";
import { Timeline } from "./leg/timeline.ts";
import type { MediaSettings } from "./media/stream.ts";
import type { PhoneBookEntry } from "./phone-book.ts";
import type { PauseMode, Recording } from "./recordings/recording.ts";
import { BUCKET_PATH, UrlSigner } from "./recordings/sign-url.ts";
import { type Delivery, newDelivery, type Route } from "./webhooks/delivery.ts";
import type { WebhookSender } from "./webhooks/sender.ts";

export interface CarrierSettings {
  readonly apiKey: string;
  readonly connectionId: string;
  readonly numbers: readonly string[];
  /** Retry waits of webhooks without a policy of their own, in milliseconds. */
  readonly webhookRetriesMs: readonly number[];
  /** How long people wait for the application's next command before they talk unrecorded: real milliseconds. */
  readonly conversationGraceMs: number;
  /** How long a caller lets it ring: real milliseconds. */
  readonly callerPatienceMs: number;
  readonly recordingUrlSecs: number;
  /** Requests per minute before 429. */
  readonly requestsPerMinute: number;
  readonly media: MediaSettings;
  /** How the files of the next calls show a pause. */
  readonly pauseMode: PauseMode;
}

/** Legs that are remembered, with their recordings and events. */
const LEGS_KEPT = 25_000;

/** The Call Control application: where webhooks go unless a call says otherwise. */
export interface Application {
  id: string;
  name: string;
  webhookUrl: string | null;
  failoverUrl: string | null;
  createdAt: string;
  updatedAt: string;
}

/** All that the stand-in for Telnyx knows. */
export class Carrier {
  readonly settings: CarrierSettings;
  readonly application: Application;
  readonly phoneBook = new Map<string, PhoneBookEntry>();
  readonly legs = new Map<string, Leg>();
  readonly conferences = new Map<string, Conference>();
  readonly faults: Faults;
  /** The connection of each number of the account. */
  readonly numbers: Map<string, string>;
  /** How many times faster than life the next calls run. */
  pace: number;
  /** How far the clock by which the next calls are stamped is ahead of ours. */
  clockAheadMs = 0;
  /** Known once it listens. */
  origin = "";
  readonly urlSigner: UrlSigner;
  readonly #sender: WebhookSender;
  readonly #timeline = new Timeline();

  constructor(settings: CarrierSettings, pace: number, sender: WebhookSender, faults: Faults) {
    const now = new Date().toISOString();
    this.settings = settings;
    this.pace = pace;
    this.faults = faults;
    this.#sender = sender;
    this.numbers = new Map(settings.numbers.map((number) => [number, settings.connectionId]));
    this.urlSigner = new UrlSigner(Buffer.from(randomUUID()));
    this.application = {
      id: settings.connectionId,
      name: "earwitness",
      webhookUrl: null,
      failoverUrl: null,
      createdAt: now,
      updatedAt: now,
    };
  }

  /** A new leg that rings from now on; one that joins a session runs as fast as the session. */
  addLeg(identity: LegIdentity): Leg {
    const sibling = [...this.legs.values()].find((leg) => leg.sessionId === identity.sessionId);
    const clock = new CallClock(
      Date.now(),
      sibling?.clock.pace ?? this.pace,
      sibling?.clock.aheadMs ?? this.clockAheadMs,
    );
    const leg = new Leg(identity, clock, this.#timeline, (from, event, payload) => this.#notify(from, event, payload));
    leg.pauseMode = this.settings.pauseMode;
    this.legs.set(leg.controlId, leg);
    this.#forgetOldest();
    return leg;
  }

  /** Every recording of these legs that is there and was not deleted, newest first. */
  recordings(isOfLeg: (leg: Leg) => boolean = () => true): Recording[] {
    return [...this.legs.values()]
      .filter(isOfLeg)
      .flatMap((leg) => leg.recordings)
      .filter(isThere)
      .sort((a, b) => (b.savedAt ?? "").localeCompare(a.savedAt ?? ""));
  }

  /** The one of them whose id is that. */
  findRecording(isId: (id: string) => boolean): Recording | undefined {
    for (const { recordings } of this.legs.values()) {
      const found = recordings.find((recording) => isId(recording.id) && isThere(recording));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every webhook that was to be sent, by leg. */
  deliveries(): Delivery[] {
    return [...this.legs.values()].flatMap((leg) => leg.deliveries);
  }

  /** A fresh download URL of a recording's file. */
  downloadUrl(recording: Recording): string {
    const date = recording.leg.clock.iso(recording.startMs).slice(0, 10);
    const name = recording.options.customFileName ?? recording.leg.legId;
    const path = `${BUCKET_PATH}/${this.application.id}/${date}/${name}-${recording.id}.wav`;
    return this.urlSigner.sign(this.origin, path, this.settings.recordingUrlSecs);
  }

  async close(): Promise<void> {
    this.#timeline.close();
    for (const leg of this.legs.values()) for (const stream of leg.streams) stream.abandon();
    await this.#sender.close();
  }

  /** Calls that ended long ago make room for new ones. */
  #forgetOldest(): void {
    keepNewest(this.conferences, LEGS_KEPT);
    for (const [controlId, leg] of this.legs) {
      if (this.legs.size <= LEGS_KEPT) return;
      if (!leg.isAlive) this.legs.delete(controlId);
    }
  }

  #notify(leg: Leg, eventType: string, payload: Record<string, unknown>): void {
    const event = {
      record_type: "event",
      event_type: eventType,
      id: randomUUID(),
      occurred_at: leg.clock.iso(leg.now),
      payload,
    } as const;
    const delivery = newDelivery(leg, event);
    leg.deliveries.push(delivery);
    leg.note("event", eventType, event);
    this.#sender.send(delivery, this.#route(leg, eventType));
  }

  #route(leg: Leg, eventType: string): Route {
    const own = leg.hooks.urls?.[eventType] ?? leg.hooks.url ?? this.application.webhookUrl;
    const primary = own === null ? [] : typeof own === "string" ? [own] : own;
    const failover = this.application.failoverUrl === null ? [] : [this.application.failoverUrl];
    return {
      urls: [...primary, ...failover],
      retriesMs: leg.hooks.retries?.[eventType]?.retries_ms ?? this.settings.webhookRetriesMs,
    };
  }
}

function isThere({ savedAt, isDeleted }: Recording): boolean {
  return savedAt !== null && !isDeleted;
}
