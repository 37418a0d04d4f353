import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { mediaPath } from "@earwitness/core";
import { describe, expect, test } from "vitest";
import { LIVE_SECRET } from "./keys.ts";

const upgrade = { headers: { upgrade: "websocket" } };

function pathOf(stream: { room: string; key: string }, now = new Date()): Promise<string> {
  return mediaPath(LIVE_SECRET, stream, now);
}

function newRoom(): string {
  return `telnyx:${crypto.randomUUID()}`;
}

function open(path: string): Promise<Response> {
  return SELF.fetch(`https://hooks.test${path}`, upgrade);
}

describe("the carrier's media socket", () => {
  test("ends in the room of the call that asked for it", async () => {
    const room = newRoom();
    const response = await open(await pathOf({ room, key: "call_1.stream_start.1" }));
    expect(response.status).toBe(101);
    const socket = response.webSocket;
    const heard = new Promise((resolve) => {
      socket?.addEventListener("message", ({ data }) => resolve(data));
    });
    socket?.accept();
    socket?.send("a frame");
    expect(await heard).toBe("heard a frame");
    expect(await env.CALL_ROOM.getByName(room).list()).toEqual([
      { pathname: "/media", key: "call_1.stream_start.1", upgrade: "websocket" },
    ]);
    socket?.close();
  });

  test("with a ticket that is not ours wakes no room", async () => {
    const room = newRoom();
    const path = await pathOf({ room, key: "k" });
    for (const wrong of [`${path}x`, path.slice(0, -2), "/media/none", "/media/a.b.c"]) {
      const response = await open(wrong);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: "unauthenticated" });
    }
    expect(await env.CALL_ROOM.getByName(room).list()).toEqual([]);
  });

  test("is refused some minutes after the command that it belongs to", async () => {
    const path = await pathOf({ room: newRoom(), key: "k" }, new Date(Date.now() - 10 * 60_000));
    expect((await open(path)).status).toBe(401);
  });

  test("is a WebSocket, and nothing else", async () => {
    const response = await SELF.fetch(`https://hooks.test${await pathOf({ room: newRoom(), key: "k" })}`);
    expect(response.status).toBe(426);
    expect(await response.json()).toMatchObject({ code: "upgrade_required" });
  });

  test("is refused where its room does not await it, or fails", async () => {
    expect((await open(await pathOf({ room: newRoom(), key: "unawaited" }))).status).toBe(409);
    expect((await open(await pathOf({ room: newRoom(), key: "failing" }))).status).toBe(500);
  });
});
