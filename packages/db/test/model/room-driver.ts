import {
  CallEvent,
  type CallFact,
  CarrierEvent,
  callOf,
  deadlineOf,
  decideCall,
  type FactPage,
  initialState,
  type ListedNotice,
  type MachineState,
  type NumberedFact,
  type RoutingSnapshot,
} from "@earwitness/core";
import { newId, type RawNotice, uuidOf } from "@earwitness/shared";

/** What reaches a room from outside, under the id by which it is known again. */
export interface Notice {
  readonly eventId: string;
  readonly event: CallEvent;
}

type Open = ReturnType<typeof decideCall>["commands"][number];

/** A call's room and its carrier: the real machine with a journal in memory, and what the other side does upon its commands. */
export class RoomDriver {
  readonly name = `telnyx:${crypto.randomUUID()}`;
  readonly leg = { controlId: `v3:${this.name}`, legId: `leg-${this.name}`, sessionId: this.name };
  /** What the carrier really did, whoever heard of it. */
  readonly carrier = { isOver: false, isRecorded: false, recordedAt: "" };
  /** The carrier's own record of what it sent. */
  readonly sent: ListedNotice[] = [];
  confirmed = 0;
  readonly facts: NumberedFact[] = [];
  #state: MachineState = initialState;
  readonly #heard = new Set<string>();
  readonly #open: Open[] = [];
  #n = 0;
  readonly #settings: RoutingSnapshot;
  readonly #now: () => Date;

  constructor(settings: RoutingSnapshot, now: () => Date) {
    this.#settings = settings;
    this.#now = now;
  }

  get callId() {
    return callOf(this.#state)?.callId ?? null;
  }
  get hasOpenCommands(): boolean {
    return this.#open.length > 0;
  }

  /** Keeps a notice with what it decides, or counts one that came before. */
  deliver({ eventId, event }: Notice): void {
    const at = this.#now().toISOString();
    if (this.#heard.has(eventId)) {
      this.#tell([{ type: "notice.repeated", at, eventId }]);
      return;
    }
    this.#heard.add(eventId);
    const notice: RawNotice = {
      vendor: "telnyx",
      eventId,
      eventType: event.type,
      receivedAt: at,
      callback: {},
      body: JSON.stringify(event),
      verdict: "readable",
    };
    this.#happen(event, (applied) => [{ type: "notice.kept", at, notice, applied, flag: null }]);
  }

  /** The same, of a notice that was found by asking. */
  deliverFound({ eventId, body }: RawNotice): void {
    this.deliver({ eventId, event: CallEvent.parse(JSON.parse(body)) });
  }

  /** Something happens that is no notice. */
  happen(event: CallEvent): void {
    this.#happen(event, () => []);
  }

  /** Carries out the oldest command; returns what the carrier then has to tell. */
  settleCommand(): Notice[] {
    const command = this.#open.shift();
    if (command === undefined) return [];
    if (command.kind === "find_routing") {
      this.happen({ type: "routing_resolved", key: command.key, result: { kind: "found", snapshot: this.#settings } });
      return [];
    }
    const outcome = this.carrier.isOver ? { kind: "call_gone" as const } : { kind: "accepted" as const };
    this.happen({ type: "command_done", key: command.key, outcome });
    if (this.carrier.isOver) return [];
    if (command.kind === "answer") return [this.#says({ type: "answered", parties: null })];
    if (command.kind === "speak") return [this.#says({ type: "speak_ended", completed: true })];
    if (command.kind === "record_start") {
      this.carrier.isRecorded = true;
      this.carrier.recordedAt = this.#now().toISOString();
    }
    return command.kind === "hangup" ? this.hangUp() : [];
  }

  ring(): Notice[] {
    const parties = { direction: "inbound", from: "+13125550142", to: this.#settings.e164 };
    return [this.#says({ type: "initiated", ...parties })];
  }

  hangUp(): Notice[] {
    if (this.carrier.isOver) return [];
    this.carrier.isOver = true;
    const words = { carrierCause: "normal_clearing", source: "caller", sipCode: "200", parties: null };
    const hangup = this.#says({ type: "hangup", ...words });
    return this.carrier.isRecorded
      ? [hangup, this.#says({ type: "recording_saved", format: "wav", ...this.recording() })]
      : [hangup];
  }

  /** The carrier's file, where it made one. */
  recording() {
    const { recordedAt } = this.carrier;
    const file = {
      carrierRecordingId: `carrier-${this.name}`,
      channels: 2,
      startedAt: recordedAt,
      endedAt: recordedAt,
    };
    return { ...file, url: `https://carrier.example/${this.name}.wav` };
  }

  /** Lets every deadline pass that is due. */
  tick(): void {
    for (;;) {
      const deadline = deadlineOf(this.#state);
      if (deadline === null || Date.parse(deadline.at) > this.#now().getTime()) return;
      this.happen({ type: "deadline_passed", name: deadline.name });
    }
  }

  async factsAfter(after: number): Promise<FactPage> {
    return {
      callId: this.callId,
      facts: this.facts.slice(after, after + PAGE),
      more: this.facts.length > after + PAGE,
    };
  }
  async confirm(n: number): Promise<void> {
    this.confirmed = Math.max(this.confirmed, n);
  }

  #says(words: Record<string, unknown>): Notice {
    const at = this.#now().toISOString();
    const event: CallEvent = { type: "carrier", event: CarrierEvent.parse({ at, leg: this.leg, ...words }) };
    const eventId = crypto.randomUUID();
    const body = JSON.stringify(event);
    this.sent.push({ room: this.name, eventId, eventType: event.event.type, body, occurredAt: at });
    return { eventId, event };
  }

  #happen(event: CallEvent, first: (isApplied: boolean) => CallFact[]): void {
    this.#n += 1;
    const logged = { n: this.#n, at: this.#now().toISOString(), seed: uuidOf(newId("notice")), event };
    const decision = decideCall(this.#state, logged);
    this.#state = decision.state;
    this.#open.push(...decision.commands);
    this.#tell([...first(decision.isApplied), ...decision.facts]);
  }

  #tell(facts: readonly CallFact[]): void {
    for (const fact of facts) this.facts.push({ n: this.facts.length + 1, fact });
  }
}

/** Small, so that pages and what comes in between are tried. */
const PAGE = 4;
