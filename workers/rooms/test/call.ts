import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type CallFact,
  type CallRoomDoor,
  LoggedEvent,
  type Replayed,
  type RoutingSnapshot,
  replayCall,
  routingKey,
} from "@earwitness/core";
import { FactsMessage, newId, type RawNotice } from "@earwitness/shared";
import { z } from "zod";
import type { Answer, Received } from "./scripted-carrier.ts";

let serial = 0;

/** A call of its own for each test: storage is shared by the tests of a file. */
export function newCall() {
  serial += 1;
  const session = `session-${serial}-${crypto.randomUUID()}`;
  const controlId = `v3:${session}`;
  const to = `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
  const ids = {
    call_control_id: controlId,
    call_leg_id: `leg-${session}`,
    call_session_id: session,
    client_state: null,
  };
  const room = `telnyx:${session}`;

  /** A notice of the carrier, `ms` after the call began. */
  function notice(event_type: string, ms: number, payload: object = {}, id: string = crypto.randomUUID()): RawNotice {
    const at = new Date(Date.parse("2026-11-21T09:00:00Z") + ms).toISOString();
    const data = { record_type: "event", event_type, id, occurred_at: at, payload: { ...ids, ...payload } };
    return {
      vendor: "telnyx",
      eventId: id,
      eventType: event_type,
      receivedAt: new Date().toISOString(),
      callback: {},
      body: JSON.stringify({ data }),
      verdict: "readable",
    };
  }

  const parties = { from: "+15551230001", to };
  return {
    room,
    controlId,
    to,
    notice,
    initiated: () => notice("call.initiated", 0, { ...parties, direction: "incoming", state: "parked" }),
    answered: () => notice("call.answered", 1000, parties),
    speakEnded: () => notice("call.speak.ended", 3000, { status: "completed" }),
    hangup: () =>
      notice("call.hangup", 30_000, {
        ...parties,
        hangup_cause: "normal_clearing",
        hangup_source: "caller",
        sip_hangup_cause: "200",
      }),
    pressed: (digit: string) => notice("call.dtmf.received", 20_000, { digit }),
    saved: () =>
      notice("call.recording.saved", 31_000, {
        recording_id: `rec-${session}`,
        channels: "dual",
        format: "wav",
        recording_started_at: "2026-11-21T09:00:03.100Z",
        recording_ended_at: "2026-11-21T09:00:30.000Z",
        recording_urls: { wav: "https://carrier.test/file.wav" },
      }),
  };
}

export type TestCall = ReturnType<typeof newCall>;

export function stubOf(room: string) {
  return env.CALL_ROOM.getByName(room);
}

/** Throws the room's instance away in the middle of what it does; its rows and its alarm stay. */
export async function reset(room: string): Promise<void> {
  await runInDurableObject(stubOf(room), (_instance, ctx) => ctx.abort("reset by the test")).catch(() => {});
}

/** The room as other workers see it. */
export function doorOf(room: string): CallRoomDoor {
  return stubOf(room);
}

export const snapshot: RoutingSnapshot = {
  v: 1,
  version: 1,
  workspaceId: newId("workspace"),
  numberId: newId("number"),
  e164: "+15551230002",
  announcement: "This call is recorded.",
  recordInbound: true,
  recordOutbound: true,
  language: "en",
  keyTerms: [],
  liveCaptions: false,
};

export async function publishRouting(e164: string, value: unknown = { ...snapshot, e164 }): Promise<void> {
  await env.ROUTING.put(routingKey(e164), JSON.stringify(value));
}

/** Tells the carrier how to answer the next commands to a leg, or the next dials of a number. */
export async function script(name: string, answers: Answer[]): Promise<void> {
  await fetch(`https://carrier.test/script/${name}`, { method: "PUT", body: JSON.stringify(answers) });
}

/** The commands that the carrier got, such as `answer`, `speak`, `dial`, with their bodies. */
export async function commandsTo(name: string): Promise<{ kind: string; body: Record<string, unknown> }[]> {
  const response = await fetch(`https://carrier.test/script/${name}`);
  const received = (await response.json()) as Received[];
  return received.map(({ path, body }) => ({
    kind: path === "/v2/calls" ? "dial" : (path.split("/").at(-1) ?? ""),
    body,
  }));
}

/** What the room's journal leads to when it is replayed from its rows. */
export function replayed(room: string): Promise<Replayed> {
  return runInDurableObject(stubOf(room), (_instance, { storage }) => {
    const rows = storage.sql
      .exec("SELECT n, at, seed, event FROM journal WHERE event IS NOT NULL ORDER BY n")
      .toArray();
    return replayCall(rows.map((row) => LoggedEvent.parse({ ...row, event: JSON.parse(String(row.event)) })));
  });
}

export async function kindsTo(name: string): Promise<string[]> {
  return (await commandsTo(name)).map((command) => command.kind);
}

export async function factsOf(room: string, after = 0): Promise<CallFact[]> {
  const facts: CallFact[] = [];
  for (;;) {
    const page = await doorOf(room).factsAfter(after + facts.length);
    facts.push(...page.facts.map((numbered) => numbered.fact));
    if (!page.more) return facts;
  }
}

export async function factTypes(room: string): Promise<string[]> {
  return (await factsOf(room)).map((fact) => fact.type);
}

/** Up to which fact has been announced, once for each announcement. */
export async function announcementsOf(room: string): Promise<number[]> {
  const noted = z.array(FactsMessage).parse(await env.FACTS_READER.getByName(room).list());
  return noted.map((message) => message.upTo);
}

const POLL_MS = 10;

/** Waits until `check` is true of what `read` gives, and gives that; fails with what it last was. */
export async function until<T>(read: () => Promise<T>, check: (value: T) => boolean, limitMs = 5000): Promise<T> {
  // Counted, not timed: some tests hold the clock.
  for (let turns = Math.ceil(limitMs / POLL_MS); ; turns -= 1) {
    const value = await read();
    if (check(value)) return value;
    if (turns === 0) throw new Error(`Not in time; it is ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Takes a call to the end of what is said to the caller first. */
export async function hearAnnouncement(call: TestCall): Promise<void> {
  await doorOf(call.room).deliver(call.initiated());
  await until(
    () => kindsTo(call.controlId),
    (kinds) => kinds.includes("answer"),
  );
  await doorOf(call.room).deliver(call.answered());
  await until(
    () => kindsTo(call.controlId),
    (kinds) => kinds.includes("speak"),
  );
  await doorOf(call.room).deliver(call.speakEnded());
}

/** Takes a call to where it is recorded. */
export async function talk(call: TestCall): Promise<void> {
  await publishRouting(call.to);
  await hearAnnouncement(call);
  await until(
    () => factTypes(call.room),
    (types) => types.includes("recording.started"),
  );
}

/** What a request was refused with; fails if it was not. */
export async function refusalOf(request: () => Promise<unknown>): Promise<unknown> {
  try {
    await request();
  } catch (error) {
    return error;
  }
  throw new Error("It was not refused.");
}
