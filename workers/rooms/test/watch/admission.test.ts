import { LIVE_AUTHENTICATE_WITHIN_MS, LIVE_CLOSE } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { aCaption, newRoom, textsOf, typesOf } from "./new-room.ts";
import { aWatcher, untilTrue } from "./watching.ts";

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
