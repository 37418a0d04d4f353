import { env } from "cloudflare:workers";
import { mediaPath } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { app } from "../src/app.ts";
import { keptIn, queuedFor, signed, telnyxBody, unsortedRoom } from "./door.ts";
import { ASSEMBLYAI_SECRET, LIVE_SECRET } from "./keys.ts";

/** How many are sent in all, and how many of them at a time. */
const FORGERIES = 100_000;
const AT_A_TIME = 200;
const TIME_LIMIT_MS = 600_000;

interface Forgery {
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

// Each refusal is a line of the log; a hundred thousand of them help nobody.
beforeEach(() => {
  for (const level of ["log", "info", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Deterministic, so that what fails once fails again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test(`a hundred thousand notices that no vendor sent are refused, kept nowhere and queued nowhere`, {
  timeout: TIME_LIMIT_MS,
}, async () => {
  const random = randomOf(20_261_121);
  const genuine = await capture();
  const forge = forgersOf(genuine, random);
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < FORGERIES; sent += AT_A_TIME) {
    const batch = Array.from({ length: AT_A_TIME }, (_, i) => forge[(sent + i) % forge.length]?.() ?? genuine.stale);
    const answers = await Promise.all(batch.map(send));
    for (const status of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(new Set(statuses.keys())).toEqual(new Set([403]));
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(FORGERIES);
  for (const room of [genuine.room, unsortedRoom(), genuine.transcriberRoom]) {
    expect(await keptIn(room), room).toEqual([]);
    expect(await queuedFor(room), room).toEqual([]);
  }
  // Whatever room they might have come to: nothing was queued at all.
  expect(await env.CALL_ROOM.getByName("queue").list()).toEqual([]);

  // What they were made of is genuine: it is the forging that is refused.
  const { body, room } = genuine;
  expect(await send({ path: "/webhooks/telnyx", body, headers: await signed(body) })).toBe(200);
  expect(await keptIn(room)).toHaveLength(1);
});

/**
 * Posts to the door as it runs in workerd, with the bindings that the platform gives it. Straight to its handler: the way
 * through the runtime's own front would be most of the time of a hundred thousand.
 */
async function send({ path, body, headers }: Forgery): Promise<number> {
  const request = new Request(`https://hooks.test${path}`, { method: "POST", body, headers });
  const response = await app.fetch(request, env);
  return response.status;
}

/** What somebody may have got hold of: a notice that was genuine, minutes ago, and one that is genuine now. */
async function capture() {
  const { body, room } = telnyxBody("forged");
  const transcriberRoom = `telnyx:${crypto.randomUUID()}`;
  const stale = { path: "/webhooks/telnyx", body, headers: await signed(body, { atMs: Date.now() - 301_000 }) };
  return { body, room, transcriberRoom, stale, fresh: await signed(body) };
}

/** Each makes a notice that must be refused, a new one every time. */
function forgersOf(genuine: Awaited<ReturnType<typeof capture>>, random: () => number): (() => Forgery)[] {
  const { body, stale, fresh, transcriberRoom } = genuine;
  const below = (limit: number) => Math.floor(random() * limit);
  const telnyx = (changes: Partial<Forgery>): Forgery => ({
    path: random() < 0.5 ? "/webhooks/telnyx" : "/webhooks/telnyx/failover",
    body,
    headers: fresh,
    ...changes,
  });
  const now = () => String(Math.floor(Date.now() / 1000));
  const randomSignature = () => btoa(String.fromCharCode(...Array.from({ length: 64 }, () => below(256))));
  const flipped = (text: string) => {
    const at = below(text.length);
    return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
  };
  return [
    () => telnyx({ headers: {} }),
    () => telnyx({ headers: { "telnyx-timestamp": now(), "telnyx-signature-ed25519": randomSignature() } }),
    // The signature of a notice that was genuine, on another: cut, changed, or with more behind it.
    () => telnyx({ body: body.slice(0, below(body.length)) }),
    () => telnyx({ body: flipped(body) === body ? `${body} ` : flipped(body) }),
    () => telnyx({ body: body + " ".repeat(1 + below(100)) }),
    () =>
      telnyx({ headers: { ...fresh, "telnyx-timestamp": String(Number(fresh["telnyx-timestamp"]) + 1 + below(200)) } }),
    () => telnyx({ headers: { ...fresh, "telnyx-signature-ed25519": flippedSignature(fresh, below) } }),
    () => telnyx({ headers: { ...fresh, "telnyx-signature-ed25519": "A".repeat(below(100)) } }),
    () =>
      telnyx({ headers: { ...fresh, "telnyx-timestamp": ["", "-1", "1e9", "NaN", "9".repeat(30)][below(5)] ?? "" } }),
    // What was genuine, sent again after five minutes; and its signature with the time of now.
    () => stale,
    () => telnyx({ headers: { ...stale.headers, "telnyx-timestamp": now() } }),
    // A vendor's own notice at another vendor's door, and without or with a wrong secret.
    () => ({ path: transcriberPath(transcriberRoom), body, headers: fresh }),
    () => ({
      path: transcriberPath(transcriberRoom),
      body: "{}",
      headers: { "x-earwitness-secret": flippedSecret(below) },
    }),
    () => ({
      path: transcriberPath(transcriberRoom),
      body: JSON.stringify({ transcript_id: crypto.randomUUID(), status: "completed" }),
      headers: { "x-earwitness-secret": ASSEMBLYAI_SECRET.slice(0, below(ASSEMBLYAI_SECRET.length)) },
    }),
  ];
}

function transcriberPath(room: string): string {
  return `/webhooks/assemblyai?room=${encodeURIComponent(room)}&recording=${newId("recording")}`;
}

/** Another signature of the same length: a bit of its bytes is turned, since the last characters of base64 may say nothing. */
function flippedSignature(fresh: Awaited<ReturnType<typeof signed>>, below: (limit: number) => number): string {
  const bytes = Uint8Array.from(atob(fresh["telnyx-signature-ed25519"]), (character) => character.charCodeAt(0));
  const at = below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
  return btoa(String.fromCharCode(...bytes));
}

function flippedSecret(below: (limit: number) => number): string {
  const at = below(ASSEMBLYAI_SECRET.length);
  return `${ASSEMBLYAI_SECRET.slice(0, at)}~${ASSEMBLYAI_SECRET.slice(at + 1)}`;
}

test("a thousand forged tickets of media sockets wake no room", { timeout: TIME_LIMIT_MS }, async () => {
  const room = `telnyx:${crypto.randomUUID()}`;
  const path = await mediaPath(LIVE_SECRET, { room, key: "k" }, new Date());
  const elsewhere = await mediaPath("another-secret-of-the-same-length-as-ours", { room, key: "k" }, new Date());
  const old = await mediaPath(LIVE_SECRET, { room, key: "k" }, new Date(Date.now() - 10 * 60_000));
  const random = randomOf(7);
  const [folder, ticket = ""] = [path.slice(0, path.lastIndexOf("/") + 1), path.slice(path.lastIndexOf("/") + 1)];
  for (let i = 0; i < 1_000; i += 1) {
    // The very last character of base64url holds bits that say nothing; all before it count.
    const at = Math.floor(random() * (ticket.length - 2));
    const forged = [
      `${folder}${ticket.slice(0, at)}${ticket[at] === "a" ? "b" : "a"}${ticket.slice(at + 1)}`,
      elsewhere,
      old,
    ];
    const request = new Request(`https://hooks.test${forged[i % 3]}`, { headers: { upgrade: "websocket" } });
    const response = await app.fetch(request, env);
    expect(response.status).toBe(401);
  }
  expect(await env.CALL_ROOM.getByName(room).list()).toEqual([]);
});
