import {
  type CallEvent,
  CallFact,
  type Decision,
  decideCall,
  initialState,
  LoggedEvent,
  type MachineState,
  type NumberedFact,
  replayCall,
} from "@earwitness/core";
import { newId, uuidOf } from "@earwitness/shared";
import { z } from "zod";
import type { CommandList } from "./command-list.ts";
import type { Remains, RoomRow } from "./room-row.ts";

/** Vendors repeat a notice within minutes; a room is emptied after a day. More than a call's own are never needed. */
const MAX_EVENT_IDS = 100;
/** A page of facts: small beside what an RPC may carry (32 MiB), and one transaction's worth for the reader. */
const MAX_PAGE_ENTRIES = 100;
const MAX_PAGE_CHARACTERS = 1_000_000;

/** What is written with an event: the facts that go before those of the machine, and the id by which it is known again. */
export interface Entry {
  readonly event: CallEvent | null;
  readonly eventId?: string;
  /** Facts about the notice itself, made when it is known what became of it. */
  readonly noticeFacts?: (decision: Decision) => CallFact[];
  /** Further writes that belong to the same transaction. */
  readonly alongside?: () => void;
}

/**
 * The call's log in the room's SQLite, and the state that it leads to. Each entry is one transaction: the event, what the
 * machine made of it, and the commands. The state is not stored but replayed, so that the log is the only truth.
 */
export class Journal {
  #n = 0;
  #lastFact = 0;
  #lastAt: string | null = null;
  #state: MachineState = initialState;
  readonly #storage: DurableObjectStorage;
  readonly #row: RoomRow;
  readonly #commands: CommandList;

  constructor(storage: DurableObjectStorage, row: RoomRow, commands: CommandList) {
    this.#storage = storage;
    this.#row = row;
    this.#commands = commands;
    this.#load();
  }

  get state(): MachineState {
    return this.#state;
  }
  /** The number of the last fact; 0 where there is none. */
  get lastFact(): number {
    return this.#lastFact;
  }
  /** When something was last written, or null in a room to which nothing ever happened or that has been emptied. */
  get lastAt(): string | null {
    return this.#lastAt;
  }

  hasHeard(eventId: string): boolean {
    if (this.#row.value.remains?.eventIds.includes(eventId)) return true;
    return this.#storage.sql.exec("SELECT 1 FROM journal WHERE event_id = ?", eventId).toArray().length > 0;
  }

  /** Writes an entry and what the machine decides upon it. Synchronous: when it returns, the next event sees the new state. */
  write(entry: Entry, now: Date): Decision {
    const n = this.#n + 1;
    const at = now.toISOString();
    const seed = uuidOf(newId("notice"));
    const decision: Decision =
      entry.event === null
        ? { state: this.#state, commands: [], facts: [], isApplied: false }
        : decideCall(this.#state, { n, at, seed, event: entry.event });
    const facts = [...(entry.noticeFacts?.(decision) ?? []), ...decision.facts];
    const lastFact = this.#lastFact + facts.length;
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec(
        "INSERT INTO journal (n, at, seed, event_id, event, facts, last_fact) VALUES (?, ?, ?, ?, ?, ?, ?)",
        n,
        at,
        seed,
        entry.eventId ?? null,
        entry.event === null ? null : JSON.stringify(entry.event),
        JSON.stringify(facts),
        lastFact,
      );
      for (const command of decision.commands) this.#commands.add(command, now.getTime());
      entry.alongside?.();
    });
    // Only after the commit: a transaction that fails leaves the memory as it leaves the disk.
    this.#n = n;
    this.#lastFact = lastFact;
    this.#lastAt = at;
    this.#state = decision.state;
    return decision;
  }

  /** Facts above `after`, at most a page of them. */
  factsAfter(after: number): { facts: NumberedFact[]; more: boolean } {
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

  /** Forgets everything but what remains of the call. The numbers go on from here. */
  empty(): void {
    const heard = this.#storage.sql
      .exec<{ event_id: string }>("SELECT event_id FROM journal WHERE event_id IS NOT NULL ORDER BY n")
      .toArray();
    const eventIds = [...(this.#row.value.remains?.eventIds ?? []), ...heard.map((row) => row.event_id)].slice(
      -MAX_EVENT_IDS,
    );
    const remains: Remains = { n: this.#n, lastFact: this.#lastFact, state: this.#state, eventIds };
    this.#storage.transactionSync(() => {
      this.#row.save({ remains });
      this.#storage.sql.exec("DELETE FROM journal");
      this.#storage.sql.exec("DELETE FROM commands");
    });
    this.#lastAt = null;
  }

  #load(): void {
    const { sql } = this.#storage;
    const { remains } = this.#row.value;
    this.#n = remains?.n ?? 0;
    this.#lastFact = remains?.lastFact ?? 0;
    this.#state = replayCall(this.#readLog(), remains?.state);
    const last = sql
      .exec<{ n: number; at: string; last_fact: number }>(
        "SELECT n, at, last_fact FROM journal ORDER BY n DESC LIMIT 1",
      )
      .toArray()[0];
    if (last === undefined) return;
    this.#n = last.n;
    this.#lastAt = last.at;
    this.#lastFact = last.last_fact;
  }

  *#readLog(): Generator<LoggedEvent> {
    const rows = this.#storage.sql.exec<{ n: number; at: string; seed: string; event: string }>(
      "SELECT n, at, seed, event FROM journal WHERE event IS NOT NULL ORDER BY n",
    );
    for (const { n, at, seed, event } of rows) yield LoggedEvent.parse({ n, at, seed, event: JSON.parse(event) });
  }
}
