import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { liveTickets, type Watcher } from "@earwitness/core";
import {
  CallFrame,
  type Caption,
  LISTEN_HEADER_BYTES,
  LIVE_AUTHENTICATE_WITHIN_MS,
  LIVE_CLOSE,
  LIVE_MOST_UNACKED,
} from "@earwitness/shared";
import { describe, expect, test, vi } from "vitest";
import { SECRET, type WatchedRoom } from "./watched-room.ts";
import { aWatcher, type Heard, hear, untilTrue, upgradeOf } from "./watching.ts";

const HEARD_AT_MS = Date.now() - 400;

function aCaption(n: number, changes: Partial<Caption> = {}): Caption {
  const channel = n % 2 === 0 ? "caller" : "agent";
  const startMs = n * 100;
  const said = { id: `caption-${n}`, text: `Sentence ${n}.`, words: [], language: "en", isFinal: true };
  return { ...said, channel, startMs, endMs: startMs + 90, heardAtMs: HEARD_AT_MS, ...changes };
}

/** A room of its own for each test, and what a test does with it. */
function newRoom() {
  const name = `call-${crypto.randomUUID()}`;
  const stub = env.WATCHED_ROOM.getByName(name);
  const inside = <T>(work: (room: WatchedRoom) => T | Promise<T>) =>
    runInDurableObject(stub, (room: WatchedRoom) => work(room));
  const connect = async (watcher: Watcher | null = aWatcher(), after?: string): Promise<Heard<CallFrame>> => {
    const query = after === undefined ? "" : `?after=${after}`;
    const response = await stub.fetch(`https://rooms.test/watch${query}`, { headers: upgradeOf(watcher) });
    return hear(response, (frame) => CallFrame.parse(frame));
  };
  const say = (...captions: Caption[]) =>
    inside((room) => {
      for (const caption of captions) room.say(caption);
    });
  const tokenFor = async (watcher: Watcher, now = new Date(), room = name) =>
    (await liveTickets(SECRET, { room, jti: crypto.randomUUID(), watcher }, now)).token;
  return { name, inside, connect, say, tokenFor };
}

const typesOf = ({ frames }: Heard<CallFrame>) => frames.map(({ type }) => type);
const textsOf = ({ frames }: Heard<CallFrame>) =>
  frames.flatMap((frame) => (frame.type === "caption" ? [frame.caption.text] : []));

describe("a watched call", () => {
  test("is shown whole, and then as it goes on, numbered without holes", async () => {
    const { connect, say } = newRoom();
    await say(aCaption(0));
    const client = await connect();
    await say(aCaption(1), aCaption(2));
    await untilTrue(() => client.frames.length === 4);
    expect(typesOf(client)).toEqual(["hello", "snapshot", "caption", "caption"]);
    expect(client.frames[1]).toMatchObject({ captions: [{ id: "caption-0" }] });
    expect(client.frames.map(({ seq }) => seq)).toEqual([1, 1, 2, 3]);
  });

  test("gives who comes back what they missed, and all others everything anew", async () => {
    const { connect, say } = newRoom();
    const first = await connect();
    await say(aCaption(0), aCaption(1));
    await untilTrue(() => first.frames.length === 4);
    const [hello] = first.frames;
    const epoch = hello?.type === "hello" ? hello.epoch : "";
    await say(aCaption(2));
    const back = await connect(aWatcher(), `${epoch}.1`);
    await untilTrue(() => back.frames.length === 3);
    expect(typesOf(back)).toEqual(["hello", "caption", "caption"]);
    expect(textsOf(back)).toEqual(["Sentence 1.", "Sentence 2."]);
    for (const after of ["another-epoch.1", `${epoch}.9`, "nonsense", ""]) {
      const lost = await connect(aWatcher(), after);
      await untilTrue(() => lost.frames.length === 3);
      expect(typesOf(lost)).toEqual(["hello", "reset", "snapshot"]);
    }
  });

  test("goes on in the same numbers after it has slept", async () => {
    const { connect, say, inside } = newRoom();
    const client = await connect();
    await say(aCaption(0));
    await untilTrue(() => client.frames.length === 3);
    // Where everybody is, is written down once things are quiet; a room does not sleep before.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await inside((room) => void room.wake());
    await say(aCaption(1));
    await untilTrue(() => client.frames.length === 4);
    expect(client.frames.map(({ seq }) => seq)).toEqual([0, 0, 1, 2]);
    expect(typesOf(client)).toEqual(["hello", "snapshot", "caption", "caption"]);
  });

  test("shows everything anew to those of whom it is not known what they have", async () => {
    const { connect, say, inside } = newRoom();
    const client = await connect();
    await say(aCaption(0));
    await inside((room) => void room.wake());
    await untilTrue(() => client.frames.length === 6);
    expect(typesOf(client).slice(3)).toEqual(["hello", "reset", "snapshot"]);
  });

  test("looks like none to another workspace", async () => {
    const { connect, inside } = newRoom();
    await inside((room) => {
      room.isOthers = true;
    });
    const client = await connect();
    expect(await client.closed).toBe(LIVE_CLOSE.notFound);
    expect(client.frames).toEqual([]);
  });
});

describe("who watches", () => {
  test("says so by a token in the first frame, and hears nothing before", async () => {
    const { connect, say, tokenFor } = newRoom();
    const client = await connect(null);
    await say(aCaption(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(client.texts).toEqual([]);
    client.say({ action: "authenticate", token: await tokenFor(aWatcher()) });
    await untilTrue(() => client.frames.length === 2);
    expect(typesOf(client)).toEqual(["hello", "snapshot"]);
  });

  test.each<[string, (room: ReturnType<typeof newRoom>) => Promise<object>]>([
    ["no token", async () => ({ action: "ack", seq: 0 })],
    ["nonsense", async () => ({ action: "authenticate", token: "nonsense" })],
    [
      "a token of yesterday",
      async ({ tokenFor }) => ({
        action: "authenticate",
        token: await tokenFor(aWatcher(), new Date(Date.now() - 61_000)),
      }),
    ],
    [
      "a token for another call",
      async ({ tokenFor }) => ({
        action: "authenticate",
        token: await tokenFor(aWatcher(), new Date(), "another-room"),
      }),
    ],
  ])("is closed with %s", async (_what, first) => {
    const room = newRoom();
    const client = await room.connect(null);
    client.say(await first(room));
    expect(await client.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(client.texts).toEqual([]);
  });

  test("uses a token once, also where the room was reset between", async () => {
    const { connect, inside, tokenFor } = newRoom();
    const token = await tokenFor(aWatcher());
    const [first, second] = [await connect(null), await connect(null)];
    first.say({ action: "authenticate", token });
    await untilTrue(() => first.frames.length === 2);
    await inside((room) => void room.wake());
    second.say({ action: "authenticate", token });
    expect(await second.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(second.texts).toEqual([]);
  });

  test("is closed when no token comes in time", async () => {
    const { connect } = newRoom();
    const openedAtMs = Date.now();
    const client = await connect(null);
    expect(await client.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(Date.now() - openedAtMs).toBeGreaterThanOrEqual(LIVE_AUTHENTICATE_WITHIN_MS - 50);
    expect(Date.now() - openedAtMs).toBeLessThan(LIVE_AUTHENTICATE_WITHIN_MS + 2_000);
  }, 10_000);

  test("is closed with their session, and nobody else is", async () => {
    const { connect, inside, say } = newRoom();
    const watcher = aWatcher();
    const [theirs, others] = [await connect(watcher), await connect()];
    await inside((room) => room.watchers.closeSession(watcher.sessionId));
    expect(await theirs.closed).toBe(LIVE_CLOSE.unauthenticated);
    await say(aCaption(0));
    await untilTrue(() => textsOf(others).length === 1);
  });

  test("is not let in by a session that was closed meanwhile", async () => {
    const { connect, inside } = newRoom();
    const watcher = aWatcher();
    await inside((room) => void room.closedSessions.add(watcher.sessionId));
    const client = await connect(watcher);
    expect(await client.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(client.texts).toEqual([]);
  });

  test("is not let in by a session that is closed while it is asked about", async () => {
    const { connect, inside } = newRoom();
    const watcher = aWatcher();
    await inside((room) => {
      room.onAdmit = () => room.watchers.closeSession(watcher.sessionId);
    });
    const client = await connect(watcher);
    expect(await client.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(client.texts).toEqual([]);
  });

  test("comes back when what they may has changed, and nobody else does", async () => {
    const { connect, inside, say } = newRoom();
    const watcher = aWatcher();
    const [theirs, others] = [await connect(watcher), await connect()];
    await inside((room) => room.watchers.renewSession(watcher.sessionId));
    expect(await theirs.closed).toBe(LIVE_CLOSE.goingAway);
    const back = await connect({ ...watcher, asOf: new Date(Date.now() + 1_000).toISOString() });
    await say(aCaption(0));
    await untilTrue(() => textsOf(others).length === 1 && textsOf(back).length === 1);
  });

  test("is not let in by what they could do before it changed while they were asked about", async () => {
    const { connect, inside } = newRoom();
    const watcher = aWatcher();
    await inside((room) => {
      room.onAdmit = () => room.watchers.renewSession(watcher.sessionId);
    });
    const client = await connect(watcher);
    expect(await client.closed).toBe(LIVE_CLOSE.goingAway);
    expect(client.texts).toEqual([]);
  });

  test("hears nothing more when their session has run out", async () => {
    const { connect, say } = newRoom();
    const client = await connect(aWatcher({ expiresAt: new Date(Date.now() + 300).toISOString() }));
    await untilTrue(() => client.frames.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 350));
    await say(aCaption(0));
    expect(await client.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(textsOf(client)).toEqual([]);
  });

  test.each([
    ["text that is no JSON", "hello?"],
    ["an action that is none", JSON.stringify({ action: "dance" })],
    ["a second token", JSON.stringify({ action: "authenticate", token: "again" })],
    ["bytes", new ArrayBuffer(4)],
  ])("is closed for %s", async (_what, message) => {
    const client = await newRoom().connect();
    client.socket.send(message);
    expect(await client.closed).toBe(LIVE_CLOSE.badMessage);
  });
});

describe("many who watch", () => {
  test("hear the same, 200 at once, and one who does not acknowledge is dropped without slowing them", async () => {
    const { connect, say } = newRoom();
    const clients = await Promise.all(Array.from({ length: 200 }, () => connect()));
    const deaf = await connect();
    const half = LIVE_MOST_UNACKED / 2 + 1;
    await say(...Array.from({ length: half }, (_, n) => aCaption(n)));
    await untilTrue(() => clients.every((client) => textsOf(client).length === half), 20_000);
    for (const client of clients) {
      client.say({ action: "ack", seq: half });
      client.say({ action: "clock", sentMs: 0 });
    }
    // Its answer says that the acknowledgement has arrived.
    await untilTrue(() => clients.every((client) => typesOf(client).includes("clock")), 20_000);
    await say(...Array.from({ length: half }, (_, n) => aCaption(half + n)));
    expect(await deaf.closed).toBe(LIVE_CLOSE.tooSlow);
    await untilTrue(() => clients.every((client) => textsOf(client).length === 2 * half), 20_000);
    const told = clients.map(textsOf);
    for (const texts of told) expect(texts).toEqual(told[0]);
  }, 60_000);

  test("are 250 at most", async () => {
    const { connect } = newRoom();
    await Promise.all(Array.from({ length: 250 }, () => connect()));
    expect(await (await connect()).closed).toBe(LIVE_CLOSE.tooMany);
  }, 30_000);

  test("get of what is still being said the newest, and each last word", async () => {
    const { connect, say } = newRoom();
    const clients = await Promise.all(Array.from({ length: 100 }, () => connect()));
    const interims = Array.from({ length: 20 }, (_, n) => aCaption(0, { text: `Word ${n}`, isFinal: false }));
    await say(...interims, aCaption(0), aCaption(2, { text: "Next", isFinal: false }));
    await untilTrue(() => clients.every((client) => textsOf(client).includes("Next")));
    for (const client of clients) {
      expect(textsOf(client)).toEqual(["Word 0", "Sentence 0.", "Next"]);
    }
  });
});

describe("measuring and listening", () => {
  test("tells the server's clock", async () => {
    const client = await newRoom().connect();
    client.say({ action: "clock", sentMs: 1234.5 });
    await untilTrue(() => typesOf(client).includes("clock"));
    expect(client.frames.at(-1)).toMatchObject({ sentMs: 1234.5, serverMs: expect.any(Number) });
  });

  test("counts what browsers painted, once each, and no nonsense", async () => {
    const { connect, say, inside } = newRoom();
    const [a, b] = [await connect(), await connect()];
    await say(aCaption(0));
    for (const client of [a, b]) await untilTrue(() => textsOf(client).length === 1);
    const painted = (latencyMs: number, captionId = "caption-0") => ({ action: "painted", captionId, latencyMs });
    a.say(painted(250));
    a.say(painted(399));
    b.say(painted(300_000));
    b.say(painted(100, "caption-that-never-was"));
    b.say(painted(310));
    await untilTrue(() => typesOf(a).includes("latency"));
    await vi.waitFor(async () => expect(await inside((room) => room.watchers.latency)).toMatchObject({ count: 2 }));
    expect(await inside((room) => room.watchers.latency)).toEqual({ count: 2, p50Ms: 260, p95Ms: 320 });
  });

  const pack = (channel: "caller" | "agent", positionMs: number, fill: number) => ({
    channel,
    positionMs,
    arrivedAtMs: Date.now(),
    audio: new Uint8Array(800).fill(fill),
    peak: fill / 255,
  });

  test("lets those listen who may, five at once, and tells each beginning", async () => {
    const { connect, inside } = newRoom();
    const clients = await Promise.all(Array.from({ length: 6 }, () => connect()));
    const viewer = await connect(aWatcher({ mayListen: false }));
    const listen = async (client: Heard<CallFrame>, on: boolean) => {
      const before = client.frames.length;
      client.say({ action: "listen", on });
      await untilTrue(() => client.frames.length > before);
      return client.frames.at(-1);
    };
    for (const client of clients.slice(0, 5))
      expect(await listen(client, true)).toMatchObject({ on: true, reason: null });
    const [first, sixth] = [clients[0], clients[5]];
    if (first === undefined || sixth === undefined) throw new Error("There are six.");
    expect(await listen(sixth, true)).toMatchObject({ on: false, reason: expect.stringContaining("5 people") });
    expect(await listen(viewer, true)).toMatchObject({ on: false, reason: expect.stringContaining("role") });
    expect(await listen(first, false)).toMatchObject({ on: false, reason: null });
    expect(await listen(sixth, true)).toMatchObject({ on: true });
    expect(await inside((room) => room.listened.length)).toBe(6);

    await inside(({ watchers }) => {
      for (const positionMs of [100, 200]) {
        watchers.sound(pack("caller", positionMs, 1));
        watchers.sound(pack("agent", positionMs, 2));
      }
    });
    await untilTrue(() => sixth.sounds.length === 2);
    const sound = new DataView(sixth.sounds[1] ?? new ArrayBuffer(0));
    expect(sound.byteLength).toBe(LISTEN_HEADER_BYTES + 1600);
    expect(sound.getUint32(0)).toBe(200);
    expect([sound.getUint8(LISTEN_HEADER_BYTES), sound.getUint8(LISTEN_HEADER_BYTES + 800)]).toEqual([1, 2]);
    expect([first.sounds, viewer.sounds]).toEqual([[], []]);
  });

  test("tells once of a person who begins to listen again and again", async () => {
    const { connect, inside } = newRoom();
    const client = await connect();
    for (let i = 0; i < 20; i += 1) for (const on of [true, false]) client.say({ action: "listen", on });
    await untilTrue(() => client.frames.filter(({ type }) => type === "listening").length === 40);
    expect(await inside((room) => room.listened.length)).toBe(1);
  });

  test("shows how loud both are, four times a second", async () => {
    const { connect, inside } = newRoom();
    const client = await connect();
    for (let positionMs = 0; positionMs < 1_000; positionMs += 100) {
      await inside(({ watchers }) => {
        watchers.sound(pack("caller", positionMs, 51));
        watchers.sound(pack("agent", positionMs, 102));
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const levels = client.frames.filter(({ type }) => type === "levels");
    expect(levels.length).toBeGreaterThanOrEqual(3);
    expect(levels.length).toBeLessThanOrEqual(6);
    expect(levels.at(-1)).toMatchObject({ caller: 0.2, agent: 0.4 });
  });
});
