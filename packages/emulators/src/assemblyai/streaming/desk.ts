import { randomUUID } from "node:crypto";
import type { Faults } from "../../faults/faults.ts";
import { keepNewest } from "../../keep-newest.ts";
import { type Line, tellRefusal } from "./line.ts";
import { parseStreamParams } from "./params.ts";
import type { StreamRecord } from "./record.ts";
import { refusals, StreamRefusal } from "./refusal.ts";
import { StreamSession } from "./session.ts";
import { StreamTokens } from "./tokens.ts";

/** Sessions that are remembered. */
const RECORDS_KEPT = 25_000;
const MINUTE_MS = 60_000;

export interface StreamSettings {
  readonly apiKey: string;
  /** Real milliseconds from a word's last byte to its frame. */
  readonly delayMs: number;
  /** How much audio may be ahead of the clock before 3007, in ms of audio at pace 1. */
  readonly cushionMs: number;
  readonly maxSessionMs: number;
  /** Open at once, and opened within a minute; more are refused by 3009. */
  readonly maxSessions: number;
  readonly maxNewPerMinute: number;
}

/** Opens and counts streaming sessions. */
export class StreamDesk {
  readonly tokens = new StreamTokens();
  readonly records = new Map<string, StreamRecord>();
  /** How many times faster than real time audio may come: calls that are played faster send it so. */
  pace: number;
  readonly #settings: StreamSettings;
  readonly #faults: Faults;
  readonly #open = new Set<StreamSession>();
  #openedAt: number[] = [];

  constructor(settings: StreamSettings, faults: Faults, pace: number) {
    this.#settings = settings;
    this.#faults = faults;
    this.pace = pace;
  }

  /**
   * Looks at who asks and what for, and returns what to do with the socket: the session, or null where it was refused over it. A fault
   * can order a refusal. Throws `AssemblyAiProblem` for what is not emulated.
   */
  admit(
    query: URLSearchParams,
    authorization: string | undefined,
    ordered?: StreamRefusal,
  ): (line: Line) => StreamSession | null {
    const record = newRecord(query);
    this.records.set(record.id, record);
    keepNewest(this.records, RECORDS_KEPT);
    try {
      const maxSessionMs = this.#authorize(query.get("token"), authorization);
      const params = parseStreamParams(query);
      this.#count();
      if (ordered !== undefined) throw ordered;
      return (line) => {
        const settings = { ...this.#settings, maxSessionMs, pace: () => this.pace };
        const session = new StreamSession(record, params, line, settings, this.#faults);
        this.#open.add(session);
        session.begin();
        return session;
      };
    } catch (error) {
      if (!(error instanceof StreamRefusal)) {
        this.records.delete(record.id);
        throw error;
      }
      return (line) => this.#refuse(record, error, line);
    }
  }

  /** The socket of a session is closed. */
  leave(session: StreamSession, code: number): void {
    session.closed(code);
    this.#open.delete(session);
  }

  /** All sessions, oldest first, as they are now. */
  list(): StreamRecord[] {
    return [...this.records.values()].map((record) => ({
      ...record,
      billedMs: record.closedAt === null ? Date.now() - Date.parse(record.openedAt) : record.billedMs,
    }));
  }

  close(): void {
    for (const session of this.#open) session.abandon();
    this.#open.clear();
  }

  #refuse(record: StreamRecord, refusal: StreamRefusal, line: Line): null {
    record.closedAt = new Date().toISOString();
    record.closeCode = refusal.code;
    record.closedBy = "server";
    record.refusal = refusal.message;
    tellRefusal(line, refusal);
    return null;
  }

  #authorize(token: string | null, authorization: string | undefined): number {
    if (token !== null) return Math.min(this.tokens.redeem(token).maxSessionMs, this.#settings.maxSessionMs);
    if (authorization === undefined) throw refusals.unauthorized("Missing Authorization header");
    // The raw key: "Bearer" before it makes it another, wrong key.
    if (authorization !== this.#settings.apiKey) throw refusals.unauthorized("Invalid API key");
    return this.#settings.maxSessionMs;
  }

  #count(): void {
    const now = Date.now();
    this.#openedAt = this.#openedAt.filter((at) => now - at < MINUTE_MS);
    const { maxSessions, maxNewPerMinute } = this.#settings;
    if (this.#open.size >= maxSessions || this.#openedAt.length >= maxNewPerMinute) throw refusals.tooMany();
    this.#openedAt.push(now);
  }
}

function newRecord(query: URLSearchParams): StreamRecord {
  const { token: _, ...parameters } = Object.fromEntries(query);
  return {
    id: randomUUID(),
    parameters,
    openedAt: new Date().toISOString(),
    closedAt: null,
    closeCode: null,
    closedBy: null,
    refusal: null,
    isTerminated: false,
    audioMs: 0,
    turns: 0,
    turnsEnded: 0,
    billedMs: 0,
  };
}
