import { randomBytes, randomUUID } from "node:crypto";
import type { Conference } from "../conferences/conference.ts";
import type { MediaStream } from "../media/stream.ts";
import type { PauseMode, Recording } from "../recordings/recording.ts";
import type { EventType } from "../schema/common.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import { Agenda } from "./agenda.ts";
import type { Bridge } from "./bridge.ts";
import type { CallClock } from "./clock.ts";
import type { Conversation } from "./conversation.ts";
import type { Ear } from "./hear.ts";
import type { SaidLine } from "./say.ts";
import { SpeechQueue } from "./speech-queue.ts";
import type { Timeline } from "./timeline.ts";
import { Track } from "./track.ts";

export type Direction = "incoming" | "outgoing";

/** Where a leg is in its life. */
export type LegState =
  | { readonly kind: "ringing" }
  | { readonly kind: "answered"; readonly answeredMs: number }
  | { readonly kind: "ended"; readonly answeredMs: number | null; readonly endedMs: number; readonly ending: Ending };

/** Why a leg ended, in Telnyx's words. */
export interface Ending {
  readonly cause: string;
  readonly source: "caller" | "callee" | "unknown";
  readonly sip: string;
}

/** Where a leg's webhooks go when a command said so, and when they are tried again. */
export interface Hooks {
  url?: string;
  urls?: Readonly<Record<string, string | readonly string[]>>;
  retries?: Readonly<Record<string, { readonly retries_ms: readonly number[] }>>;
}

/** One line of a leg's history. */
export interface HistoryEntry {
  readonly atMs: number;
  readonly at: string;
  readonly type: "event" | "command" | "audio";
  readonly name: string;
  readonly detail: unknown;
}

export interface LegIdentity {
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly connectionId: string;
  readonly sessionId?: string;
}

/** One party's connection: its identity, its clock, what can be heard on it and what happened to it. */
export class Leg {
  readonly controlId = `v3:${randomBytes(36).toString("base64url")}`;
  readonly legId = randomUUID();
  readonly sessionId: string;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly connectionId: string;
  readonly clock: CallClock;
  readonly agenda: Agenda;
  readonly track = new Track();
  readonly recordings: Recording[] = [];
  /** Its media streams, the newest last. */
  readonly streams: MediaStream[] = [];
  readonly history: HistoryEntry[] = [];
  readonly deliveries: Delivery[] = [];
  readonly hooks: Hooks = {};
  readonly speech: SpeechQueue;
  /** `command_id` → when it was last taken, in real milliseconds. */
  readonly commandIds = new Map<string, number>();
  /** Call time of the last command that was taken. */
  lastCommandMs = 0;
  state: LegState = { kind: "ringing" };
  clientState: string | null = null;
  conversation: Conversation | undefined;
  /** What the leg itself speaks: a stream that asks for no codec gets this one. */
  codec: "PCMU" | "PCMA" = "PCMU";
  /** Length of its media frames, where it is not the carrier's own. */
  frameMs: number | undefined;
  /** Set between the answer command and the moment at which the call is answered. */
  answering = false;
  /** What people have said on it, in the order in which they began to. */
  readonly said: SaidLine[] = [];
  /** By whom its remote party is heard on other legs. */
  readonly ears = new Set<Ear>();
  bridge: Bridge | undefined;
  conference: Conference | undefined;
  /** The conversation of another leg in which this leg's person speaks the agent's lines. */
  guestOf: Conversation | undefined;
  /** Call milliseconds from the answer command to the answer; the network is not instant. */
  answerAfterMs = 100;
  /** The other end hangs up this many call milliseconds after the answer. */
  hangupAfterMs: number | undefined;
  /** Survives when the leg that it is bridged with ends. */
  parksAfterUnbridge = false;
  /** How a recording's file shows a pause. */
  pauseMode: PauseMode = "silence";
  /** For the file of a recording that is longer than the call: its size in bytes. */
  recordingBytes: number | undefined;

  /** Sends a webhook about this leg. */
  readonly notify: (event: EventType, payload: Record<string, unknown>) => void;

  constructor(identity: LegIdentity, clock: CallClock, timeline: Timeline, notify: Notify) {
    this.notify = (event, payload) => notify(this, event, payload);
    this.direction = identity.direction;
    this.from = identity.from;
    this.to = identity.to;
    this.connectionId = identity.connectionId;
    this.sessionId = identity.sessionId ?? randomUUID();
    this.clock = clock;
    this.agenda = new Agenda(timeline, clock);
    this.speech = new SpeechQueue(this);
  }

  get isAlive(): boolean {
    return this.state.kind !== "ended";
  }

  /** The line may have become quiet, or busy: everyone who speaks on this leg looks again. */
  reconsider(): void {
    this.conversation?.consider();
    this.guestOf?.consider();
  }

  /** Nobody speaks to a leg that is played music in a loop, or is put on hold in a conference. */
  get isOnHold(): boolean {
    return this.speech.isLooping || (this.conference?.hasOnHold(this) ?? false);
  }

  get now(): number {
    return this.agenda.now;
  }

  /** Call milliseconds that have passed when `realMs` of the wall clock have: for waits that are on the application, not on people. */
  afterReal(realMs: number): number {
    return this.now + realMs * this.clock.pace;
  }

  note(type: HistoryEntry["type"], name: string, detail: unknown = null, atMs = this.now): void {
    this.history.push({ atMs: Math.round(atMs * 1000) / 1000, at: this.clock.iso(atMs), type, name, detail });
  }

  /** The four identifiers and the client state that nearly every payload has. */
  identifiers(): Record<string, unknown> {
    return {
      call_control_id: this.controlId,
      call_leg_id: this.legId,
      call_session_id: this.sessionId,
      connection_id: this.connectionId,
      client_state: this.clientState,
      calling_party_type: this.from.startsWith("sip") ? "sip" : "pstn",
    };
  }
}

/** What the carrier gives to a leg, so that everything below it only has to name an event. */
export type Notify = (leg: Leg, event: EventType, payload: Record<string, unknown>) => void;
