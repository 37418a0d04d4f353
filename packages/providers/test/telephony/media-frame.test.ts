import { MULAW_SILENCE } from "@earwitness/core";
import { describe, expect, test } from "vitest";
import { mulawOfPayload, readTelnyxMediaFrame } from "../../src/telephony/index.ts";

const media = (fields: object) =>
  JSON.stringify({
    event: "media",
    sequence_number: "4",
    stream_id: "32de0dea",
    media: { track: "inbound", chunk: "2", timestamp: "5", payload: "//8=", ...fields },
  });
const start = (media_format: object) =>
  JSON.stringify({ event: "start", stream_id: "32de0dea", start: { call_control_id: "v3:abc", media_format } });

describe("a message of Telnyx's media socket", () => {
  test("is a piece of the caller's or of our side's sound", () => {
    expect(readTelnyxMediaFrame(media({}))).toEqual({
      type: "sound",
      channel: "caller",
      number: 2,
      payload: Uint8Array.of(0xff, 0xff),
    });
    expect(readTelnyxMediaFrame(media({ track: "outbound", new_field: 1 }))).toMatchObject({ channel: "agent" });
  });

  test.each([
    ["a track of another name", media({ track: "both" })],
    ["a number that is none", media({ chunk: "two" })],
    ["sound that is not base64", media({ payload: "§" })],
    ["no sound", JSON.stringify({ event: "media", media: {} })],
    ["no JSON", "{"],
    ["no event", "{}"],
    ["a start without its format", JSON.stringify({ event: "start", start: { call_control_id: "v3:abc" } })],
  ])("with %s is not understood", (_, text) => {
    expect(readTelnyxMediaFrame(text)).toBeNull();
  });

  test("names the encoding that the stream really has", () => {
    const format = { sample_rate: 8000, channels: 1 };
    const encodingOf = (over: object) => readTelnyxMediaFrame(start({ ...format, ...over }));
    expect(encodingOf({ encoding: "PCMA" })).toEqual({ type: "started", controlId: "v3:abc", encoding: "PCMA" });
    expect(encodingOf({ encoding: "OPUS" })).toMatchObject({ encoding: null });
    expect(encodingOf({ encoding: "L16", sample_rate: 16_000 })).toMatchObject({ encoding: null });
  });

  test("is passed over where it says nothing about sound", () => {
    expect(readTelnyxMediaFrame('{"event":"connected","version":"1.0.0"}')).toEqual({ type: "other" });
    expect(readTelnyxMediaFrame('{"event":"dtmf","dtmf":{"digit":"1"}}')).toEqual({ type: "other" });
    expect(readTelnyxMediaFrame('{"event":"stop","stop":{}}')).toEqual({ type: "stopped" });
    expect(readTelnyxMediaFrame('{"event":"error","payload":{"code":100003,"title":"malformed_frame"}}')).toEqual({
      type: "complaint",
      code: 100_003,
    });
  });

  test("is brought into µ-law", () => {
    expect([...mulawOfPayload(Uint8Array.of(0xff), "PCMU")]).toEqual([MULAW_SILENCE]);
    expect([...mulawOfPayload(Uint8Array.of(0x00, 0x00, 0x03, 0xe8), "L16")]).toEqual([MULAW_SILENCE, 0xce]);
    // The smallest that A-law can write.
    expect([...mulawOfPayload(Uint8Array.of(0xd5), "PCMA")]).toEqual([0xfe]);
  });
});
