import { EarwitnessError, type Id, idFromUuid } from "@earwitness/shared";
import {
  type CallCommand,
  type CallEvent,
  type CallFact,
  CarrierEvent,
  callOf,
  type Decision,
  deadlineOf,
  decideCall,
  initialState,
  isSettled,
  type LoggedEvent,
  type MachineState,
  type PlaceCallCommand,
  type RoutingSnapshot,
  type SteerCommand,
  steerAnswer,
  type TelephonyOutcome,
} from "../../src/index.ts";

const START = Date.parse("2026-11-21T09:00:00.000Z");
export const LEG = { controlId: "v3:own", legId: "leg-own", sessionId: "session" };

const uuid = (n: number) => `01935000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const id = <K extends "workspace" | "number" | "call">(kind: K, n: number): Id<K> => idFromUuid(kind, uuid(n));

export const snapshot: RoutingSnapshot = {
  v: 1,
  version: 1,
  workspaceId: id("workspace", 1),
  numberId: id("number", 2),
  e164: "+15551230002",
  announcement: "This call is recorded.",
  recordInbound: true,
  recordOutbound: true,
  language: "en",
  keyTerms: [],
  liveCaptions: false,
};

/** The settings of a number whose calls are captioned while they are spoken. */
export const captioned: RoutingSnapshot = { ...snapshot, liveCaptions: true };

export function placeCall(more: Partial<PlaceCallCommand> = {}): PlaceCallCommand {
  return {
    callId: id("call", 3),
    workspaceId: snapshot.workspaceId,
    numberId: snapshot.numberId,
    from: "+15551230002",
    to: "+15551230003",
    placedBy: "usr_someone",
    detectMachine: false,
    snapshot,
    ...more,
  };
}

/** The carrier's time, in ms since the call began, as its notices write it. */
export function instant(ms: number): string {
  return new Date(START + ms).toISOString();
}

type Words<T extends CarrierEvent["type"]> = Omit<Extract<CarrierEvent, { type: T }>, "type" | "at" | "leg">;

/** One notice of the carrier, `ms` after the call began. */
export function notice<T extends CarrierEvent["type"]>(type: T, ms: number, words: Words<T>, leg = LEG): CallEvent {
  return { type: "carrier", event: CarrierEvent.parse({ type, at: instant(ms), leg, ...words }) };
}

export const parties = { from: "+15551230001", to: "+15551230002" };
export const initiated = (ms = 0) => notice("initiated", ms, { direction: "inbound", ...parties });
export const ringsOut = (ms = 300) =>
  notice("initiated", ms, { direction: "outbound", from: "+15551230002", to: "+15551230003" });
export const answered = (ms = 1000) => notice("answered", ms, { parties });
export const speakEnded = (ms = 3000) => notice("speak_ended", ms, { completed: true });
export const machine = (result: "human" | "machine" | "not_sure", ms = 2500) =>
  notice("machine_detected", ms, { result });
export const hangup = (ms = 30_000, words: Partial<Words<"hangup">> = {}) =>
  notice("hangup", ms, { carrierCause: "normal_clearing", source: "caller", sipCode: "200", parties, ...words });
export const saved = (ms = 31_000, words: Partial<Words<"recording_saved">> = {}) =>
  notice("recording_saved", ms, {
    carrierRecordingId: "recording-1",
    channels: 2,
    format: "wav",
    startedAt: instant(3100),
    endedAt: instant(30_000),
    url: "https://carrier.example/recording-1.wav",
    ...words,
  });

/** A driver of the machine in memory: it logs, decides, keeps what came of it, and answers commands when told to. */
export class Rig {
  state: MachineState = initialState;
  nowMs = START;
  readonly log: LoggedEvent[] = [];
  readonly facts: CallFact[] = [];
  readonly commands: CallCommand[] = [];
  /** Commands whose outcome is not known yet. */
  readonly open: CallCommand[] = [];

  apply(event: CallEvent): Decision {
    const n = this.log.length + 1;
    const logged: LoggedEvent = { n, at: new Date(this.nowMs).toISOString(), seed: uuid(100 + n), event };
    this.log.push(logged);
    const decision = decideCall(this.state, logged);
    this.state = decision.state;
    this.facts.push(...decision.facts);
    this.commands.push(...decision.commands);
    this.open.push(...decision.commands);
    return decision;
  }

  /** Gives the oldest open command its outcome; the look-up of settings finds `routing`. */
  settle(outcome: TelephonyOutcome = { kind: "accepted" }, routing: RoutingSnapshot | null = snapshot): void {
    const command = this.open.shift();
    if (command === undefined) return;
    if (command.kind === "find_routing") {
      const result = routing === null ? { kind: "none" as const } : { kind: "found" as const, snapshot: routing };
      this.apply({ type: "routing_resolved", key: command.key, result });
      return;
    }
    const dialed = command.kind === "dial" && outcome.kind === "accepted" ? { ...outcome, dialed: LEG } : outcome;
    this.apply({ type: "command_done", key: command.key, outcome: dialed });
  }

  settleAll(outcome?: TelephonyOutcome, routing?: RoutingSnapshot): void {
    while (this.open.length > 0) this.settle(outcome, routing);
  }

  /** A person's wish; `key` is new with each unless it is given. */
  steer(wish: SteerCommand["wish"], { by = "usr_ann", key = `key-${this.log.length}` } = {}): Decision {
    return this.apply({ type: "steer", command: { workspaceId: snapshot.workspaceId, by, key, wish } });
  }

  /** What is answered to a wish, as the room answers it: the error's sentence where it is refused. */
  ask(wish: SteerCommand["wish"], { by = "usr_ann", key = `key-${this.log.length}` } = {}) {
    this.steer(wish, { by, key });
    return this.answer(wish, { by, key });
  }

  answer(wish: SteerCommand["wish"], { by, key }: { by: string; key: string }) {
    try {
      return steerAnswer(this.state, { workspaceId: snapshot.workspaceId, by, key, wish });
    } catch (error) {
      return error instanceof EarwitnessError ? `${error.code}: ${error.message}` : String(error);
    }
  }

  /** Lets time pass, and with it each deadline that lies in it. */
  wait(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const deadline = deadlineOf(this.state);
      if (deadline === null || Date.parse(deadline.at) > untilMs) break;
      this.passDeadline();
    }
    this.nowMs = untilMs;
  }

  /** Lets the one deadline of the state pass; false where there is none. */
  passDeadline(): boolean {
    const deadline = deadlineOf(this.state);
    if (deadline === null) return false;
    this.nowMs = Math.max(this.nowMs, Date.parse(deadline.at));
    this.apply({ type: "deadline_passed", name: deadline.name });
    return true;
  }

  get isSettled(): boolean {
    return isSettled(this.state);
  }

  get callId() {
    return callOf(this.state)?.callId ?? null;
  }

  factTypes(): string[] {
    return this.facts.map((fact) => fact.type);
  }

  commandKinds(): string[] {
    return this.commands.map((command) => command.kind);
  }

  fact<T extends CallFact["type"]>(type: T): Extract<CallFact, { type: T }> | undefined {
    return this.facts.findLast((fact): fact is Extract<CallFact, { type: T }> => fact.type === type);
  }
}

/** A call up to the point where both sides talk and it is being recorded; the clock stands at that of its notices. */
export function talking(routing: RoutingSnapshot = snapshot): Rig {
  const rig = new Rig();
  rig.apply(initiated());
  rig.settleAll(undefined, routing);
  rig.nowMs += 1000;
  rig.apply(answered());
  rig.settleAll();
  rig.nowMs += 2000;
  rig.apply(speakEnded());
  rig.settleAll();
  return rig;
}
