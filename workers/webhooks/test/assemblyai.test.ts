import { SELF } from "cloudflare:test";
import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { keptIn, post } from "./door.ts";
import { ASSEMBLYAI_SECRET } from "./keys.ts";

const BODY = JSON.stringify({ transcript_id: "9f1c1d2e-0b52", status: "completed" });

function address(room: string, recording: string = newId("recording")): { path: string; recording: string } {
  return { path: `/webhooks/assemblyai?room=${encodeURIComponent(room)}&recording=${recording}`, recording };
}

describe("AssemblyAI's notice", () => {
  test("goes to the room that its address names, with the recording", async () => {
    const room = `telnyx:${crypto.randomUUID()}`;
    const { path, recording } = address(room);
    const response = await post(path, BODY, { "x-earwitness-secret": ASSEMBLYAI_SECRET });
    expect(response.status).toBe(200);
    expect(await keptIn(room)).toMatchObject([
      {
        vendor: "assemblyai",
        eventId: "9f1c1d2e-0b52:completed",
        eventType: "transcript.completed",
        callback: { recording },
        verdict: "readable",
      },
    ]);
  });

  test.each([
    ["without its secret", {}],
    ["with a wrong one", { "x-earwitness-secret": `${ASSEMBLYAI_SECRET.slice(0, -1)}x` }],
    ["with a part of it", { "x-earwitness-secret": ASSEMBLYAI_SECRET.slice(0, 10) }],
  ])("%s is refused and not kept", async (_name, headers: Record<string, string>) => {
    const room = `telnyx:${crypto.randomUUID()}`;
    const response = await post(address(room).path, BODY, headers);
    expect(response.status).toBe(403);
    expect(await keptIn(room)).toEqual([]);
  });

  test("that says something else is kept as unreadable", async () => {
    const room = `telnyx:${crypto.randomUUID()}`;
    const body = JSON.stringify({ status: "redacted_audio_ready", redacted_audio_url: "https://x.example" });
    const response = await post(address(room).path, body, { "x-earwitness-secret": ASSEMBLYAI_SECRET });
    expect(response.status).toBe(200);
    expect(await keptIn(room)).toMatchObject([{ verdict: "unreadable", body }]);
  });

  test.each(["/webhooks/assemblyai", "/webhooks/assemblyai?room=x&recording=nonsense"])(
    "at %s, which we never gave out, is answered 400",
    async (path) => {
      expect((await post(path, BODY, { "x-earwitness-secret": ASSEMBLYAI_SECRET })).status).toBe(400);
    },
  );
});

describe("the rest of the door", () => {
  test.each(["/health", "/ready"])("%s answers", async (path) => {
    expect((await SELF.fetch(`https://hooks.test${path}`)).status).toBe(200);
  });

  test("an unknown address is a problem, not a page", async () => {
    const response = await post("/webhooks/nobody", "x");
    expect(response.status).toBe(404);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "strict-transport-security": expect.stringContaining("max-age="),
      "x-content-type-options": "nosniff",
    });
    expect(await response.json()).toMatchObject({ code: "not_found" });
  });
});
