import { type CallFrame, LISTEN_HEADER_BYTES } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { aCaption, newRoom, textsOf, typesOf } from "./new-room.ts";
import { aWatcher, type Heard, untilTrue } from "./watching.ts";

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
    await expect.poll(() => inside((room) => room.watchers.latency)).toMatchObject({ count: 2 });
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
