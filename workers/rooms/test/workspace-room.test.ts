import { env } from "cloudflare:workers";
import { liveTickets, type Watcher } from "@earwitness/core";
import { LIVE_CLOSE, LIVE_MOST_UNACKED, LiveFrame, newId, type WorkspaceId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { SECRET } from "./watch/watched-room.ts";
import { aWatcher, type Heard, hear, untilTrue, upgradeOf } from "./watch/watching.ts";

async function connect(workspaceId: WorkspaceId, query = "", who: Partial<Watcher> = {}): Promise<Heard<LiveFrame>> {
  return connectAs(aWatcher({ workspaceId, ...who }), workspaceId, query);
}

async function connectAs(watcher: Watcher | null, workspaceId: WorkspaceId, query = ""): Promise<Heard<LiveFrame>> {
  const headers = upgradeOf(watcher);
  const response = await room(workspaceId).fetch(`https://rooms.test/live${query}`, { headers });
  return hear(response, (frame) => LiveFrame.parse(frame));
}

function room(workspaceId: string) {
  return env.WORKSPACE_ROOM.getByName(workspaceId);
}

const news = (callId = newId("call")) => ({ entity: "call" as const, callId });

describe("a workspace's live room", () => {
  test("greets, and tells every browser what changed, in order", async () => {
    const workspaceId = newId("workspace");
    const [a, b] = [await connect(workspaceId), await connect(workspaceId)];
    const first = news();
    await room(workspaceId).publish([first, news()]);
    await room(workspaceId).publish([news()]);
    await untilTrue(() => a.frames.length === 4 && b.frames.length === 4);
    expect(a.frames.map((frame) => [frame.type, frame.seq])).toEqual([
      ["hello", 0],
      ["changed", 1],
      ["changed", 2],
      ["changed", 3],
    ]);
    expect(a.frames[0]).toMatchObject({ workspaceId });
    expect(a.frames[1]).toMatchObject(first);
    expect(b.frames).toEqual(a.frames);
  });

  test("tells a browser that comes back what it missed, and no more", async () => {
    const workspaceId = newId("workspace");
    await room(workspaceId).publish([news(), news(), news()]);
    const client = await connect(workspaceId, "?after=1");
    await untilTrue(() => client.frames.length === 3);
    expect(client.frames.map((frame) => [frame.type, frame.seq])).toEqual([
      ["hello", 1],
      ["changed", 2],
      ["changed", 3],
    ]);
  });

  test.each([
    ["more than is kept", "?after=1", 502],
    ["what never was", "?after=900", 3],
    ["nonsense", "?after=soon", 3],
  ])("tells a browser that asks for %s to start anew", async (_name, query, published) => {
    const workspaceId: WorkspaceId = newId("workspace");
    await room(workspaceId).publish(Array.from({ length: published }, () => news()));
    const client = await connect(workspaceId, query);
    await untilTrue(() => client.frames.length === 2);
    expect(client.frames.map((frame) => [frame.type, frame.seq])).toEqual([
      ["hello", published],
      ["reset", published],
    ]);
  });

  test("gives all that it keeps", async () => {
    const workspaceId = newId("workspace");
    await room(workspaceId).publish(Array.from({ length: 502 }, () => news()));
    const client = await connect(workspaceId, "?after=2");
    await untilTrue(() => client.frames.length === 501);
    expect(client.frames.at(-1)?.seq).toBe(502);
  });

  test("answers a ping, and hangs up on anything else", async () => {
    const client = await connect(newId("workspace"));
    client.socket.send("ping");
    await untilTrue(() => client.texts.includes("pong"));
    client.socket.send("hello?");
    expect(await client.closed).toBe(LIVE_CLOSE.badMessage);
  });

  test("tells others when one browser is gone", async () => {
    const workspaceId = newId("workspace");
    const [gone, stays] = [await connect(workspaceId), await connect(workspaceId)];
    gone.socket.close(1000);
    await room(workspaceId).publish([news()]);
    await untilTrue(() => stays.frames.length === 2);
  });

  test("drops a browser that acknowledges nothing, and no other", async () => {
    const workspaceId = newId("workspace");
    const [deaf, alive] = [await connect(workspaceId), await connect(workspaceId)];
    const half = Array.from({ length: LIVE_MOST_UNACKED / 2 + 1 }, () => news());
    await room(workspaceId).publish(half);
    await untilTrue(() => alive.frames.length > half.length);
    alive.say({ action: "ack", seq: half.length });
    await untilTrue(() => deaf.frames.length > half.length);
    await room(workspaceId).publish(half);
    expect(await deaf.closed).toBe(LIVE_CLOSE.tooSlow);
    await untilTrue(() => alive.frames.length > 2 * half.length);
  });

  test("opens by a token as the first frame, once", async () => {
    const watcher = aWatcher();
    const { workspaceId } = watcher;
    const { token } = await liveTickets(SECRET, { room: workspaceId, jti: crypto.randomUUID(), watcher }, new Date());
    const client = await connectAs(null, workspaceId);
    client.say({ action: "authenticate", token });
    await untilTrue(() => client.frames.length === 1);
    const thief = await connectAs(null, workspaceId);
    thief.say({ action: "authenticate", token });
    expect(await thief.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(thief.frames).toEqual([]);
  });

  test("closes a session's sockets and lets it open no other, here or in a call's room", async () => {
    const workspaceId = newId("workspace");
    const sessionId = newId("session");
    const [theirs, others] = [await connect(workspaceId, "", { sessionId }), await connect(workspaceId)];
    const asOf = new Date().toISOString();
    expect(await room(workspaceId).watched("some-room", newId("session"), asOf)).toBe("admitted");
    await room(workspaceId).closeSession(sessionId);
    expect(await theirs.closed).toBe(LIVE_CLOSE.unauthenticated);
    const again = await connect(workspaceId, "", { sessionId });
    expect(await again.closed).toBe(LIVE_CLOSE.unauthenticated);
    expect(again.frames).toEqual([]);
    expect(await room(workspaceId).watched("some-room", sessionId, asOf)).toBe("closed");
    await room(workspaceId).publish([news()]);
    await untilTrue(() => others.frames.length === 2);
  });

  test("has the sockets of a session come back whose owner may something else, and keeps out who was looked up before", async () => {
    const workspaceId = newId("workspace");
    const who = { sessionId: newId("session"), asOf: new Date(Date.now() - 1_000).toISOString() };
    const [theirs, others] = [await connect(workspaceId, "", who), await connect(workspaceId)];
    await room(workspaceId).renewSession(who.sessionId);
    expect(await theirs.closed).toBe(LIVE_CLOSE.goingAway);
    const late = await connect(workspaceId, "", who);
    expect(await late.closed).toBe(LIVE_CLOSE.goingAway);
    expect(late.frames).toEqual([]);
    expect(await room(workspaceId).watched("some-room", who.sessionId, who.asOf)).toBe("renewed");

    const asOf = new Date(Date.now() + 1_000).toISOString();
    const back = await connect(workspaceId, "", { ...who, asOf });
    expect(await room(workspaceId).watched("some-room", who.sessionId, asOf)).toBe("admitted");
    await room(workspaceId).publish([news()]);
    await untilTrue(() => back.frames.length === 2 && others.frames.length === 2);
    await room(workspaceId).closeSession(who.sessionId);
    expect(await back.closed).toBe(LIVE_CLOSE.unauthenticated);
  });

  test("takes sockets only, and only for a workspace", async () => {
    expect((await room(newId("workspace")).fetch("https://rooms.test/live")).status).toBe(426);
    const response = await room("nobody").fetch("https://rooms.test/live", { headers: { upgrade: "websocket" } });
    expect(response.status).toBe(404);
  });
});
