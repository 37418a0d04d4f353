import { env } from "cloudflare:workers";
import { LiveFrame, newId, type WorkspaceId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";

interface Client {
  readonly socket: WebSocket;
  readonly frames: LiveFrame[];
  readonly texts: string[];
  readonly closed: Promise<number>;
}

async function connect(workspaceId: string, query = ""): Promise<Client> {
  const response = await env.WORKSPACE_ROOM.getByName(workspaceId).fetch(`https://rooms.test/live${query}`, {
    headers: { upgrade: "websocket" },
  });
  const socket = response.webSocket;
  if (socket === null) throw new Error(`no socket: ${response.status}`);
  const frames: LiveFrame[] = [];
  const texts: string[] = [];
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", (event) => resolve(event.code)));
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    texts.push(text);
    if (text.startsWith("{")) frames.push(LiveFrame.parse(JSON.parse(text)));
  });
  socket.accept();
  return { socket, frames, texts, closed };
}

function room(workspaceId: string) {
  return env.WORKSPACE_ROOM.getByName(workspaceId);
}

const news = (callId = newId("call")) => ({ entity: "call" as const, callId });

async function until(check: () => boolean): Promise<void> {
  const endMs = Date.now() + 3000;
  while (!check()) {
    if (Date.now() > endMs) throw new Error("Not in time.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("a workspace's live room", () => {
  test("greets, and tells every browser what changed, in order", async () => {
    const workspaceId = newId("workspace");
    const [a, b] = [await connect(workspaceId), await connect(workspaceId)];
    const first = news();
    await room(workspaceId).publish([first, news()]);
    await room(workspaceId).publish([news()]);
    await until(() => a.frames.length === 4 && b.frames.length === 4);
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
    await until(() => client.frames.length === 3);
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
    await until(() => client.frames.length === 2);
    expect(client.frames.map((frame) => [frame.type, frame.seq])).toEqual([
      ["hello", published],
      ["reset", published],
    ]);
  });

  test("gives all that it keeps", async () => {
    const workspaceId = newId("workspace");
    await room(workspaceId).publish(Array.from({ length: 502 }, () => news()));
    const client = await connect(workspaceId, "?after=2");
    await until(() => client.frames.length === 501);
    expect(client.frames.at(-1)?.seq).toBe(502);
  });

  test("answers a ping, and hangs up on anything else", async () => {
    const client = await connect(newId("workspace"));
    client.socket.send("ping");
    await until(() => client.texts.includes("pong"));
    client.socket.send("hello?");
    expect(await client.closed).toBe(1008);
  });

  test("tells others when one browser is gone", async () => {
    const workspaceId = newId("workspace");
    const [gone, stays] = [await connect(workspaceId), await connect(workspaceId)];
    gone.socket.close(1000);
    await room(workspaceId).publish([news()]);
    await until(() => stays.frames.length === 2);
  });

  test("takes sockets only, and only for a workspace", async () => {
    expect((await room(newId("workspace")).fetch("https://rooms.test/live")).status).toBe(426);
    const response = await room("nobody").fetch("https://rooms.test/live", { headers: { upgrade: "websocket" } });
    expect(response.status).toBe(404);
  });
});
