import { describe, expect, test } from "vitest";
import { readTelnyxEvent, readTelnyxNoticeHead } from "../../src/telephony/index.ts";
import { encodeClientState } from "../../src/telephony/telnyx/client-state.ts";

const RECEIVED_AT = "2026-11-21T09:01:00.000Z";
const IDS = {
  call_control_id: "v3:2EC-70CTEjlUq3tDM0CxKX",
  call_leg_id: "b0e6224c-c81c-11f0-afbb-02420aef93a0",
  call_session_id: "b0e6141e-c81c-11f0-abac-02420aef93a0",
  connection_id: "2811212257810187875",
  client_state: null,
};
const LEG = { controlId: IDS.call_control_id, legId: IDS.call_leg_id, sessionId: IDS.call_session_id };

function body(event_type: string, payload: object, more: object = {}): string {
  const data = {
    record_type: "event",
    event_type,
    id: "b97d4d5e-6fe7-4432-911f-79637bf6ebb7",
    occurred_at: "2026-11-21T09:00:00.076316Z",
    payload: { ...IDS, ...payload },
    ...more,
  };
  return JSON.stringify({ data, meta: { attempt: 1, delivered_to: "https://app.example.com/webhooks/telnyx" } });
}

const read = (type: string, payload: object, more?: object) => readTelnyxEvent(body(type, payload, more), RECEIVED_AT);

describe("a notice in our words", () => {
  test("of a call that comes in", () => {
    const payload = { direction: "incoming", state: "parked", from: "+15551230001", to: "+15551230002" };
    expect(read("call.initiated", payload)).toEqual({
      type: "initiated",
      at: "2026-11-21T09:00:00.076316Z",
      leg: LEG,
      direction: "inbound",
      from: "+15551230001",
      to: "+15551230002",
    });
  });

  test("of an answer as it is really sent, without a state", () => {
    const payload = { from: "+1", to: "+2", codec: "PCMU", sampling_rate: 8000, start_time: "2026-11-21T08:59:00Z" };
    expect(read("call.answered", payload)).toMatchObject({ type: "answered", parties: { from: "+1", to: "+2" } });
  });

  test("of a hang-up, with the carrier's own words", () => {
    const payload = {
      hangup_cause: "normal_clearing",
      hangup_source: "caller",
      sip_hangup_cause: "200",
      call_quality_stats: { inbound: { mos: "4.50" } },
    };
    const expected = { carrierCause: "normal_clearing", source: "caller", sipCode: "200", parties: null };
    expect(read("call.hangup", payload)).toMatchObject(expected);
    expect(read("call.hangup", { ...payload, sip_hangup_cause: "unspecified" })).toMatchObject({ sipCode: null });
    expect(read("call.hangup", {})).toMatchObject({ carrierCause: "unspecified", source: "unknown" });
  });

  test("of a recording as it is really sent", () => {
    const payload = {
      recording_id: "10cd86ac",
      format: "wav",
      channels: "dual",
      recording_started_at: "2026-11-21T09:00:02.738773Z",
      recording_ended_at: "2026-11-21T09:00:30.800000Z",
      recording_urls: { wav: "https://carrier.example/a.wav" },
      public_recording_urls: {},
    };
    expect(read("call.recording.saved", payload)).toMatchObject({
      type: "recording_saved",
      carrierRecordingId: "10cd86ac",
      channels: 2,
      format: "wav",
      startedAt: "2026-11-21T09:00:02.738773Z",
      url: "https://carrier.example/a.wav",
    });
  });

  test("of a recording with no more than Telnyx's types promise", () => {
    const payload = {
      call_control_id: undefined,
      channels: "single",
      recording_urls: { mp3: "https://c.example/a.mp3" },
    };
    expect(read("call.recording.saved", payload)).toMatchObject({
      carrierRecordingId: null,
      channels: 1,
      format: "mp3",
      startedAt: null,
      url: "https://c.example/a.mp3",
    });
  });

  test.each([
    ["call.speak.ended", { status: "completed" }, { type: "speak_ended", completed: true }],
    ["call.speak.ended", { status: "call_hangup" }, { type: "speak_ended", completed: false }],
    ["call.machine.detection.ended", { result: "machine" }, { type: "machine_detected", result: "machine" }],
    ["call.machine.premium.detection.ended", { result: "human_business" }, { result: "human" }],
    ["call.machine.premium.detection.ended", { result: "fax_detected" }, { result: "machine" }],
    ["call.machine.premium.detection.ended", { result: "silence" }, { result: "not_sure" }],
    ["call.recording.error", { reason: "Internal server error" }, { type: "recording_error" }],
    ["call.bridged", { from: "+1", to: "+2" }, { type: "bridged", leg: LEG }],
    ["streaming.started", { stream_url: "wss://a/media/t" }, { type: "stream_started", url: "wss://a/media/t" }],
    ["streaming.stopped", {}, { type: "stream_stopped", url: null }],
    [
      "streaming.failed",
      { failure_reason: "connection_failed", stream_id: "s", stream_params: { stream_url: "wss://a/media/t" } },
      { type: "stream_failed", reason: "connection_failed", url: "wss://a/media/t" },
    ],
    ["streaming.failed", { stream_params: "none" }, { type: "stream_failed", reason: "unknown", url: null }],
    ["call.playback.ended", { status: "completed" }, { type: "play_ended", completed: true, sound: null }],
    [
      "call.playback.ended",
      { status: "cancelled", media_url: "https://a/audio/hold.wav" },
      { type: "play_ended", completed: false, sound: "hold", failure: null },
    ],
    [
      "call.playback.ended",
      { status: "file_not_found", media_url: "https://a/audio/beep.wav?v=1" },
      { type: "play_ended", sound: "beep", failure: "file_not_found" },
    ],
    ["call.playback.ended", { status: 5 }, { type: "play_ended", completed: false, failure: null }],
    ["call.dtmf.received", { digit: "5" }, { type: "dtmf_received", digit: "5" }],
    ["call.dtmf.received", {}, { type: "other", name: "call.dtmf.received" }],
    ["call.of.tomorrow", {}, { type: "other", name: "call.of.tomorrow" }],
  ])("%s %j", (type, payload, expected) => {
    expect(read(type, payload)).toMatchObject(expected);
  });

  test.each([
    ["call.hangup", { hangup_cause: 16, sip_hangup_cause: 486 }, { carrierCause: "unspecified", sipCode: "486" }],
    ["call.recording.saved", { channels: "stereo", recording_urls: "none" }, { channels: 2, url: null }],
    ["call.recording.saved", { recording_id: 7, recording_started_at: "0001-01-01T00:00:00Z" }, { startedAt: null }],
    ["call.initiated", { direction: "incoming", from: null, to: "+2" }, { type: "initiated", from: "anonymous" }],
    ["call.initiated", { direction: "incoming", from: "", to: "sip:+2@x" }, { from: "anonymous", to: "sip:+2@x" }],
    ["call.initiated", { direction: "incoming", from: "a\u0000", to: "+2" }, { from: "a\ufffd" }],
  ])("%s with an odd field is still what it is: %j", (type, payload, expected) => {
    expect(read(type, payload)).toMatchObject(expected);
  });

  test.each(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])(
    "takes the moment of receipt where the notice tells %s",
    (occurred_at) => {
      expect(read("call.answered", {}, { occurred_at })).toMatchObject({ at: RECEIVED_AT });
    },
  );

  test("takes the moment of receipt where the notice tells none", () => {
    expect(read("call.answered", {}, { occurred_at: undefined })).toMatchObject({ at: RECEIVED_AT });
    expect(read("call.answered", {}, { occurred_at: "yesterday" })).toMatchObject({ at: RECEIVED_AT });
  });

  test.each([
    ["no JSON", "not json"],
    ["the envelope of API v1", JSON.stringify({ record_type: "event", event_type: "call_initiated", payload: IDS })],
    ["no leg", body("call.hangup", { call_leg_id: undefined })],
    ["a beginning without direction", body("call.initiated", { from: "+1", to: "+2" })],
    [
      "a beginning that cannot be commanded",
      body("call.initiated", { call_control_id: "", direction: "incoming", from: "+1", to: "+2" }),
    ],
    ["a list", "[]"],
    ["null", "null"],
  ])("%s is not understood", (_name, text) => {
    expect(readTelnyxEvent(text, RECEIVED_AT)).toBeNull();
  });
});

describe("the head of a notice", () => {
  test("names the session, and the room that our client state names", () => {
    const head = {
      eventId: "b97d4d5e-6fe7-4432-911f-79637bf6ebb7",
      eventType: "call.answered",
      sessionId: LEG.sessionId,
    };
    expect(readTelnyxNoticeHead(body("call.answered", {}))).toEqual({ ...head, room: null });
    const ours = body("call.answered", { client_state: encodeClientState("call_01jd8ü") });
    expect(readTelnyxNoticeHead(ours)).toEqual({ ...head, room: "call_01jd8ü" });
  });

  test.each(["%%%", btoa("not json"), btoa('{"v":2,"room":"x"}'), btoa('{"call":"c_1"}')])(
    "takes client state %s as somebody else's",
    (clientState) => {
      expect(readTelnyxNoticeHead(body("call.answered", { client_state: clientState }))?.room).toBeNull();
    },
  );

  test("is null for what is not about a call", () => {
    expect(readTelnyxNoticeHead(body("message.received", { call_session_id: undefined }))).toBeNull();
    expect(readTelnyxNoticeHead("nonsense")).toBeNull();
  });
});
