import {
  type CallEvent,
  CallFact,
  callOf,
  type Decision,
  decideCall,
  initialState,
  LoggedEvent,
  type MachineState,
  type NumberedFact,
  replayCall,
} from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import type { Logger } from "@earwitness/shared/log";
import { z } from "zod";
import { CarrierClock } from "./carrier-clock.ts";
import type { OpenCommands } from "./open-commands.ts";
import { isUnderstood } from "./read-notice.ts";
import { readRemains, writeRemains } from "./remains.ts";

/**
 * The call's log, and with each entry the facts that came of it. It is the room's only table, and an entry is one row: a
 * notice is acknowledged when its row is on disk, so it pays to write little.
 */
const TABLE = `
  CREATE TABLE IF NOT EXISTS journal (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    seed TEXT NOT NULL,
    event_id TEXT,
    event TEXT,
    facts TEXT NOT NULL,
    last_fact INTEGER NOT NULL
  )`;

/** Vendors repeat a notice within minutes; a room is emptied after a day. More than a call's own are never needed. */
const MAX_REMEMBERED_EVENT_IDS = 100;
/** A page of facts: small beside what an RPC may carry (32 MiB), and one transaction's worth for the reader. */
const MAX_PAGE_ENTRIES = 100;
const MAX_PAGE_CHARACTERS = 1_000_000;

/**
 * What is written: an event with the id by which it is known again, facts that the room itself tells, or both. An entry
 * without event changes nothing about the call's state.
 */
export interface Entry {
  readonly event: CallEvent | null;
  readonly eventId?: string;
  /** They go before the machine's, and are made when it is known what that decided. */
  readonly facts?: (decision: Decision) => CallFact[];
}

/**
 * The call's journal in SQLite, and the state that it leads to. State and open commands are not stored but replayed, so
 * that the journal is the only truth, and an event, its facts and its commands are on disk together or not at all.
 */
export class Journal {
  #n = 0;
  #lastFact = 0;
  #settledFact = 0;
  #lastAtMs: number | null = null;
  #state: MachineState = initialState;
  #heard = new Map<string, "understood" | "kept">();
  #hasTable: boolean;
  readonly #storage: DurableObjectStorage;
  readonly #commands: OpenCommands;
  readonly #log: Logger;
  readonly #carrierClock = new CarrierClock();
  #rowsWritten = 0;
  #isLiveOver = false;

  constructor(storage: DurableObjectStorage, commands: OpenCommands, log: Logger) {
    this.#storage = storage;
    this.#commands = commands;
    this.#log = log;
    // Made with the first entry: a commit less for each call, and a room that was only asked something leaves no trace.
    this.#hasTable = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal'").toArray().length > 0;
    this.#load();
  }

  get state(): MachineState {
    return this.#state;
  }
  /** The number of the last fact; 0 where there is none. */
  get lastFact(): number {
    return this.#lastFact;
  }
  /** The number of the last fact before the room was emptied; all up to it are in the record. */
  get settledFact(): number {
    return this.#settledFact;
  }
  /** When something was last written; null in a room to which nothing ever happened, or nothing since it was emptied. */
  get lastAtMs(): number | null {
    return this.#lastAtMs;
  }

  /** The carrier's clock, as far as its notices have told it. */
  get carrierClock(): CarrierClock {
    return this.#carrierClock;
  }
  /** Rows that this instance has written. */
  get rowsWritten(): number {
    return this.#rowsWritten;
  }
  /** It has been told that nothing more of the call's live moment follows. */
  get isLiveOver(): boolean {
    return this.#isLiveOver;
  }

  /** Whether the notice of this id came before, and was understood then. */
  heard(eventId: string): "understood" | "kept" | "never" {
    return this.#heard.get(eventId) ?? "never";
  }

  /** Writes an entry and what the machine decides upon it. Synchronous: when it returns, the next event sees the new state. */
  write(entry: Entry, now: Date): Decision {
    const n = this.#n + 1;
    const at = now.toISOString();
    const seed = uuidOf(newId("notice"));
    const { event, eventId = null } = entry;
    const decision: Decision =
      event === null
        ? { state: this.#state, commands: [], facts: [], isApplied: false }
        : decideCall(this.#state, { n, at, seed, event });
    const facts = [...(entry.facts?.(decision) ?? []), ...decision.facts];
    const lastFact = this.#lastFact + facts.length;
    if (!this.#hasTable) this.#storage.sql.exec(TABLE);
    // One statement is one transaction. It throws or is written; memory follows only then.
    this.#storage.sql.exec(
      "INSERT INTO journal (n, at, seed, event_id, event, facts, last_fact) VALUES (?, ?, ?, ?, ?, ?, ?)",
      n,
      at,
      seed,
      eventId,
      event === null ? null : JSON.stringify(event),
      JSON.stringify(facts),
      lastFact,
    );
    this.#hasTable = true;
    this.#rowsWritten += 1;
    this.#n = n;
    this.#lastFact = lastFact;
    this.#lastAtMs = now.getTime();
    this.#state = decision.state;
    if (eventId !== null) this.#remember(eventId, event);
    if (event?.type === "carrier") this.#carrierClock.hear(event.event.at, now.getTime());
    if (facts.some(({ type }) => type === "live.ended")) this.#isLiveOver = true;
    this.#commands.add(decision.commands.map((command) => ({ command, givenAt: at })));
    if (event?.type === "command_done" || event?.type === "routing_resolved") this.#commands.close(event.key);
    return decision;
  }

  /** Facts above `after`, at most a page of them. */
  factsAfter(after: number): { facts: NumberedFact[]; more: boolean } {
    if (after >= this.#lastFact || !this.#hasTable) return { facts: [], more: false };
    const rows = this.#storage.sql.exec<{ facts: string; last_fact: number }>(
      "SELECT facts, last_fact FROM journal WHERE last_fact > ? ORDER BY n LIMIT ?",
      after,
      MAX_PAGE_ENTRIES,
    );
    const facts: NumberedFact[] = [];
    let characters = 0;
    for (const row of rows) {
      const told = z.array(CallFact).parse(JSON.parse(row.facts));
      const first = row.last_fact - told.length + 1;
      facts.push(...told.map((fact, index) => ({ n: first + index, fact })).filter(({ n }) => n > after));
      characters += row.facts.length;
      if (characters > MAX_PAGE_CHARACTERS) break;
    }
    return { facts, more: (facts.at(-1)?.n ?? after) < this.#lastFact };
  }

  /** The facts that the room told by itself: of its sound, its captions, and notices that came again. */
  *sideFacts(): Generator<CallFact> {
    if (!this.#hasTable) return;
    const rows = this.#storage.sql.exec<{ facts: string }>("SELECT facts FROM journal WHERE event IS NULL ORDER BY n");
    for (const { facts } of rows) yield* z.array(CallFact).parse(JSON.parse(facts));
  }

  /** Forgets everything but what remains of the call. The numbers go on from here. */
  empty(): void {
    const isLiveOver = this.#isLiveOver;
    const heard = [...this.#heard].slice(-MAX_REMEMBERED_EVENT_IDS);
    const eventIds = heard.map(([eventId]) => eventId);
    const keptEventIds = heard.filter(([, how]) => how === "kept").map(([eventId]) => eventId);
    // Nothing is awaited between the two: both are written, or neither is.
    const [n, lastFact, state] = [this.#n, this.#lastFact, this.#state];
    writeRemains(this.#storage.kv, { n, lastFact, state, eventIds, keptEventIds, isLiveOver });
    this.#storage.sql.exec("DELETE FROM journal");
    this.#lastAtMs = null;
    this.#settledFact = this.#lastFact;
    this.#heard = new Map(heard);
  }

  #load(): void {
    const remains = readRemains(this.#storage.kv);
    this.#n = remains?.n ?? 0;
    this.#lastFact = remains?.lastFact ?? 0;
    this.#settledFact = this.#lastFact;
    const kept = new Set(remains?.keptEventIds);
    this.#heard = new Map(remains?.eventIds.map((eventId) => [eventId, kept.has(eventId) ? "kept" : "understood"]));
    this.#isLiveOver = remains?.isLiveOver ?? false;
    const { state, open } = replayCall(this.#readLog(), remains?.state);
    this.#state = state;
    this.#commands.add(open);
    // Side facts are many in a long call; they are read only where the answer is not known without them.
    if (callOf(state)?.wasStreamed) this.#isLiveOver ||= this.#hasToldLiveEnd();
  }

  /** The last to come is the last to be forgotten. */
  #remember(eventId: string, event: CallEvent | null): void {
    this.#heard.delete(eventId);
    this.#heard.set(eventId, isUnderstood(event) ? "understood" : "kept");
  }

  #hasToldLiveEnd(): boolean {
    for (const { type } of this.sideFacts()) if (type === "live.ended") return true;
    return false;
  }

  /** Reads the entries in order, noting what there is beside their events, and gives those that the machine knows. */
  *#readLog(): Generator<LoggedEvent> {
    if (!this.#hasTable) return;
    const rows = this.#storage.sql.exec<{
      n: number;
      at: string;
      seed: string;
      event_id: string | null;
      event: string | null;
      last_fact: number;
    }>("SELECT n, at, seed, event_id, event, last_fact FROM journal ORDER BY n");
    for (const { n, at, seed, event_id, event, last_fact } of rows) {
      this.#n = n;
      this.#lastAtMs = Date.parse(at);
      this.#lastFact = last_fact;
      const logged = event === null ? null : LoggedEvent.safeParse({ n, at, seed, event: JSON.parse(event) });
      if (event_id !== null) this.#remember(event_id, logged?.data?.event ?? null);
      if (logged === null) continue;
      // A later version wrote it, and this one was rolled back to: a room that goes on without it is better than none.
      if (logged.success) {
        const { event, at } = logged.data;
        if (event.type === "carrier") this.#carrierClock.hear(event.event.at, Date.parse(at));
        yield logged.data;
      } else this.#log.error("An entry of the journal is not understood.", { n });
    }
  }
}
