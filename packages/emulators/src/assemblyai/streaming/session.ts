import type { Fault, Faults } from "../../faults/faults.ts";
import { Ear, SAMPLES_PER_MS } from "./ear.ts";
import type { ServerFrame, SpeechFrame } from "./frames.ts";
import { type Line, tellRefusal } from "./line.ts";
import { type ClientMessage, parseClientMessage, type UpdateConfiguration } from "./messages.ts";
import { Outbox } from "./outbox.ts";
import { PaceGuard } from "./pace.ts";
import type { StreamParams } from "./params.ts";
import type { StreamRecord } from "./record.ts";
import { refusals, StreamRefusal } from "./refusal.ts";
import { turnMakerFor } from "./turns/index.ts";
import type { TurnMaker } from "./turns/turn.ts";

const SHORTEST_MS = 50;
const LONGEST_MS = 1000;
/** What a connection that broke without a close is noted as. */
const ABNORMAL = 1006;
const FOR_EVER_MS = 2 ** 40;

export interface SessionSettings {
  readonly delayMs: number;
  readonly cushionMs: number;
  readonly pace: () => number;
  /** How long it may last. */
  readonly maxSessionMs: number;
}

/** One streaming session from `Begin` to its close. Everything that it says comes of the bytes that it was sent. */
export class StreamSession {
  readonly record: StreamRecord;
  readonly #params: StreamParams;
  readonly #line: Line;
  readonly #settings: SessionSettings;
  readonly #faults: Faults;
  readonly #ear: Ear;
  readonly #turns: TurnMaker;
  readonly #outbox: Outbox;
  readonly #pace: PaceGuard;
  readonly #bytesPerSample: number;
  readonly #openedAt = performance.now();
  #limit: NodeJS.Timeout | undefined;
  #inactivity: NodeJS.Timeout | undefined;
  /** The fault that waits for its moment, and those that struck: one that strikes twice strikes two sessions. */
  #fault: Fault | undefined;
  readonly #struck = new Set<Fault>();
  #isEnding = false;

  constructor(record: StreamRecord, params: StreamParams, line: Line, settings: SessionSettings, faults: Faults) {
    this.record = record;
    this.#params = params;
    this.#line = line;
    this.#settings = settings;
    this.#faults = faults;
    this.#bytesPerSample = params.encoding === "pcm_mulaw" ? 1 : 2;
    this.#ear = new Ear(params.encoding);
    this.#turns = turnMakerFor(params);
    this.#outbox = new Outbox(settings.delayMs);
    this.#pace = new PaceGuard(settings.cushionMs, settings.pace);
  }

  /** Says `Begin`. */
  begin(): void {
    const { maxSessionMs } = this.#settings;
    const { model, mode, isPro } = this.#params;
    this.#limit = setTimeout(() => this.refuse(refusals.expired()), maxSessionMs);
    this.#wake();
    this.#strike();
    const begin: ServerFrame = {
      type: "Begin",
      id: this.record.id,
      expires_at: Math.floor((Date.now() + maxSessionMs) / 1000),
      configuration: { model, ...(isPro ? { mode: mode ?? "balanced" } : {}), api_version: "2025-05-12" },
    };
    this.#outbox.push(() => this.#send(begin), 0);
  }

  /** A binary frame: audio. */
  hearAudio(bytes: Uint8Array): void {
    if (this.#isEnding) return;
    this.#obey(() => {
      const samples = bytes.length / this.#bytesPerSample;
      if (!Number.isInteger(samples)) throw refusals.invalidMessage("audio that ends within a sample");
      const ms = samples / SAMPLES_PER_MS;
      if (ms < SHORTEST_MS || ms > LONGEST_MS) throw refusals.duration(ms);
      this.#pace.note(ms);
      this.#wake();
      for (const moment of this.#ear.listen(bytes)) this.#tell(this.#turns.take(moment));
      this.record.audioMs = this.#ear.receivedMs;
      this.#strike();
    });
  }

  /** A text frame: JSON. */
  hearText(text: string): void {
    if (this.#isEnding) return;
    this.#obey(() => this.#handle(parseClientMessage(text)));
  }

  /** Ends it by the vendor's will. */
  refuse(refusal: StreamRefusal): void {
    if (this.record.closedAt !== null) return;
    this.record.refusal = refusal.message;
    this.#note(refusal.code, "server");
    tellRefusal(this.#line, refusal);
  }

  /** The socket is closed, by whomever. */
  closed(code: number): void {
    this.#note(code, "client");
  }

  /** The stand-in goes away. */
  abandon(): void {
    this.#note(ABNORMAL, "server");
    this.#line.break();
  }

  #obey(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof StreamRefusal)) console.error("A streaming session failed in the stand-in:", error);
      this.refuse(error instanceof StreamRefusal ? error : refusals.serverError());
    }
  }

  #handle(message: ClientMessage): void {
    if (message.type === "KeepAlive") this.#wake();
    if (message.type === "ForceEndpoint") this.#tell(this.#turns.end());
    if (message.type === "UpdateConfiguration") this.#configure(message);
    if (message.type === "Terminate") this.#terminate();
  }

  #configure({ type: _, ...changes }: UpdateConfiguration): void {
    Object.assign(this.record.parameters, changes);
    const { rules } = this.#turns;
    this.#turns.rules = {
      ...rules,
      minTurnSilenceMs: changes.min_turn_silence ?? rules.minTurnSilenceMs,
      maxTurnSilenceMs: changes.max_turn_silence ?? rules.maxTurnSilenceMs,
      formatTurns: changes.format_turns ?? rules.formatTurns,
      endOfTurnThreshold: changes.end_of_turn_confidence_threshold ?? rules.endOfTurnThreshold,
      interruptionDelayMs: changes.interruption_delay ?? rules.interruptionDelayMs,
    };
  }

  #terminate(): void {
    this.#isEnding = true;
    this.record.isTerminated = true;
    clearTimeout(this.#inactivity);
    this.#tell([...this.#turns.take(this.#ear.finish()), ...this.#turns.end()]);
    this.#outbox.push(() => {
      const openMs = performance.now() - this.#openedAt;
      this.#send({
        type: "Termination",
        audio_duration_seconds: Math.round(this.#ear.receivedMs / 1000),
        session_duration_seconds: Math.round(openMs / 1000),
      });
      this.#close(1000);
    });
  }

  #tell(frames: readonly SpeechFrame[]): void {
    for (const frame of frames) this.#outbox.push(() => this.#send(frame));
  }

  #send(frame: ServerFrame): void {
    if (this.record.closedAt !== null) return;
    if (frame.type === "Turn") {
      this.record.turns += 1;
      if (frame.end_of_turn && (frame.turn_is_formatted || !this.#turns.rules.formatTurns)) this.record.turnsEnded += 1;
    }
    this.#line.send(frame);
  }

  /** A sign of life: the client's idle time begins anew. */
  #wake(): void {
    clearTimeout(this.#inactivity);
    const { inactivity_timeout: seconds } = this.#params;
    if (seconds === undefined) return;
    this.#inactivity = setTimeout(() => this.refuse(refusals.inactive()), seconds * 1000);
  }

  /** Lets the fault that waits for this session strike once enough audio is there: a close only after the first of it. */
  #strike(): void {
    const effects = ["close", "stall", "delay"] as const;
    this.#fault ??= this.#faults.take({ target: "streaming", effects, except: this.#struck });
    const fault = this.#fault;
    if (fault === undefined) return;
    const neededMs = Math.max(fault.afterMs, fault.effect === "close" ? 1 : 0);
    if (this.#ear.receivedMs < neededMs) return;
    this.#fault = undefined;
    this.#struck.add(fault);
    if (fault.effect === "delay") this.#outbox.delayMs += fault.delayMs;
    if (fault.effect === "stall") this.#outbox.hold(fault.delayMs === 0 ? FOR_EVER_MS : fault.delayMs);
    if (fault.effect === "close") this.#break(fault);
  }

  #break({ code, message }: Fault): void {
    if (code === undefined) this.abandon();
    // Of the codes that are not its own the vendor documents no Error frame: they come of what stands before it.
    else if (code < 3000 && code !== 1008) this.#close(code);
    else this.refuse(new StreamRefusal(code, message));
  }

  #close(code: number): void {
    this.#note(code, "server");
    this.#line.close(code, "");
  }

  #note(code: number, by: "client" | "server"): void {
    if (this.record.closedAt !== null) return;
    this.#isEnding = true;
    this.record.closedAt = new Date().toISOString();
    this.record.closeCode = code;
    this.record.closedBy = by;
    this.record.billedMs = Math.round(performance.now() - this.#openedAt);
    this.#outbox.close();
    clearTimeout(this.#limit);
    clearTimeout(this.#inactivity);
  }
}
