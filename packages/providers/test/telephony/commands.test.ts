import type { TelephonyCommand, TelephonyOutcome } from "@earwitness/core";
import type {
  ActionPauseRecordingParams,
  ActionResumeRecordingParams,
  ActionSendDtmfParams,
  ActionStartPlaybackParams,
  ActionStartStreamingParams,
  ActionStopPlaybackParams,
  ActionTransferParams,
} from "telnyx/resources/calls/actions";
import type { ActionJoinParams, ActionMuteParams } from "telnyx/resources/conferences/actions";
import type { ConferenceCreateParams } from "telnyx/resources/conferences/conferences";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTelnyxTelephony } from "../../src/telephony/index.ts";
import { voiceFor } from "../../src/telephony/telnyx/voice.ts";

const telephony = createTelnyxTelephony({
  baseUrl: "https://api.telnyx.example",
  apiKey: "KEY-test",
  connectionId: "2811212257810187875",
  webhookUrl: "https://hooks.example/webhooks/telnyx",
  soundsUrl: "https://hooks.test/audio",
  mediaUrlOf: async ({ key }) => `wss://hooks.test/media/${key}`,
});

const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

function answerWith(status: number, body: unknown, headers: Record<string, string> = {}): void {
  fetched.mockResolvedValue(new Response(JSON.stringify(body), { status, headers }));
}

const ERROR = (code: string) => ({ errors: [{ code, title: "Title", detail: "Detail" }] });
const hangup: TelephonyCommand = { kind: "hangup", key: "call_1.hangup.7", controlId: "v3:a-B_c" };
const dial: TelephonyCommand = {
  kind: "dial",
  key: "call_1.dial",
  room: "call_1",
  from: "+15551230002",
  to: "+15551230003",
  ringTimeoutMs: 30_000,
  detectMachine: true,
};

/** The last part of a command's path, by its kind. */
const ACTIONS: Partial<Record<TelephonyCommand["kind"], RegExp>> = {
  stream_start: /\/actions\/streaming_start$/,
  record_pause: /\/actions\/record_pause$/,
  record_resume: /\/actions\/record_resume$/,
  play_start: /\/actions\/playback_start$/,
  play_stop: /\/actions\/playback_stop$/,
  send_dtmf: /\/actions\/send_dtmf$/,
  transfer: /\/actions\/transfer$/,
  bridge: /\/calls\/b\/actions\/bridge$/,
  conference_create: /\/v2\/conferences$/,
  conference_join: /\/v2\/conferences\/i\/actions\/join$/,
  conference_mute: /\/v2\/conferences\/i\/actions\/mute$/,
};

async function sent(command: TelephonyCommand): Promise<{ url: string; json: unknown; headers: Headers }> {
  answerWith(200, { data: { result: "ok" } });
  await telephony.send(command);
  const [url, init] = fetched.mock.calls[0] ?? ["", {}];
  return { url, json: JSON.parse(String(init.body)), headers: new Headers(init.headers) };
}

describe("a command", () => {
  test("goes to its leg with the key as command_id", async () => {
    const { url, json, headers } = await sent(hangup);
    expect(url).toBe("https://api.telnyx.example/v2/calls/v3%3Aa-B_c/actions/hangup");
    expect(json).toEqual({ command_id: "call_1.hangup.7" });
    expect(headers.get("authorization")).toBe("Bearer KEY-test");
  });

  test("dial carries the room, and where to send its notices", async () => {
    const { url, json } = await sent(dial);
    expect(url).toBe("https://api.telnyx.example/v2/calls");
    expect(json).toMatchObject({
      connection_id: "2811212257810187875",
      timeout_secs: 30,
      webhook_url: "https://hooks.example/webhooks/telnyx",
      client_state: btoa('{"v":1,"room":"call_1"}'),
      answering_machine_detection: "detect",
      command_id: "call_1.dial",
    });
  });

  test("record_start names format, channels and beep, none of which has a default", async () => {
    const { json } = await sent({ kind: "record_start", key: "k", controlId: "c" });
    expect(json).toEqual({ command_id: "k", format: "wav", channels: "dual", play_beep: false });
  });

  test.each<[TelephonyCommand, object]>([
    [
      { kind: "stream_start", key: "call_1.stream_start.1", room: "call_1", controlId: "c" },
      {
        stream_url: "wss://hooks.test/media/call_1.stream_start.1",
        stream_track: "both_tracks",
        stream_codec: "PCMU",
        command_id: "call_1.stream_start.1",
      } satisfies ActionStartStreamingParams,
    ],
    [{ kind: "record_pause", key: "k", controlId: "c" }, { command_id: "k" } satisfies ActionPauseRecordingParams],
    [{ kind: "record_resume", key: "k", controlId: "c" }, { command_id: "k" } satisfies ActionResumeRecordingParams],
    [
      { kind: "play_start", key: "k", controlId: "c", sound: "hold", isLooped: true },
      {
        audio_url: "https://hooks.test/audio/hold.wav",
        audio_type: "wav",
        loop: "infinity",
        stop: "all",
        target_legs: "self",
        command_id: "k",
      } satisfies ActionStartPlaybackParams,
    ],
    [
      { kind: "play_start", key: "k", controlId: "c", sound: "chime", isLooped: false },
      {
        audio_url: "https://hooks.test/audio/chime.wav",
        audio_type: "wav",
        loop: 1,
        target_legs: "self",
        command_id: "k",
      } satisfies ActionStartPlaybackParams,
    ],
    [
      { kind: "play_stop", key: "k", controlId: "c" },
      { stop: "all", command_id: "k" } satisfies ActionStopPlaybackParams,
    ],
    [
      { kind: "send_dtmf", key: "k", controlId: "c", digits: "1w2#" },
      { digits: "1w2#", command_id: "k" } satisfies ActionSendDtmfParams,
    ],
    [
      {
        kind: "transfer",
        key: "k",
        controlId: "c",
        room: "call_1",
        to: "+15551230009",
        from: "+15551230002",
        ringTimeoutMs: 30_000,
      },
      {
        to: "+15551230009",
        from: "+15551230002",
        timeout_secs: 30,
        target_leg_client_state: btoa('{"v":1,"room":"call_1"}'),
        webhook_url: "https://hooks.example/webhooks/telnyx",
        webhook_retries_policies: {
          "call.answered": { retries_ms: [1000, 2000, 5000, 10_000, 20_000] },
          "call.hangup": { retries_ms: [1000, 2000, 5000, 10_000, 20_000] },
          "call.recording.saved": { retries_ms: [1000, 2000, 5000, 10_000, 20_000] },
        },
        command_id: "k",
      } satisfies ActionTransferParams,
    ],
    [
      { kind: "bridge", key: "k", controlId: "b", other: "a" },
      // The client's own name for this field is another; it writes this one.
      { call_control_id: "a", park_after_unbridge: "self", command_id: "k" },
    ],
    [
      { kind: "conference_create", key: "k", controlId: "a" },
      { call_control_id: "a", name: "k", beep_enabled: "never", command_id: "k" } satisfies ConferenceCreateParams,
    ],
    [
      { kind: "conference_join", key: "k", controlId: "b", conferenceId: "i" },
      {
        call_control_id: "b",
        mute: true,
        end_conference_on_exit: true,
        beep_enabled: "never",
        command_id: "k",
      } satisfies ActionJoinParams,
    ],
    [
      { kind: "conference_mute", key: "k", controlId: "b", conferenceId: "i", isMuted: true },
      { call_control_ids: ["b"] } satisfies ActionMuteParams,
    ],
  ])("%j is written as Telnyx's own client writes it", async (command, expected) => {
    const { url, json } = await sent(command);
    expect(json).toEqual(expected);
    expect(url).toMatch(ACTIONS[command.kind] ?? /^$/);
  });

  test("reject says why in Telnyx's words", async () => {
    const { json } = await sent({ kind: "reject", key: "k", controlId: "c", cause: "busy" });
    expect(json).toEqual({ command_id: "k", cause: "USER_BUSY" });
  });
});

describe("the outcome of a command", () => {
  const cases: [string, number, unknown, Record<string, string>, TelephonyOutcome][] = [
    ["taken", 200, { data: { result: "ok" } }, {}, { kind: "accepted" }],
    ["for a call that has ended", 422, ERROR("90018"), {}, { kind: "call_gone" }],
    [
      "not yet answered",
      422,
      ERROR("90034"),
      {},
      { kind: "failed", code: "90034", message: "Title: Detail", retryAfterMs: null },
    ],
    ["refused", 422, ERROR("90015"), {}, { kind: "refused", code: "90015", message: "Title: Detail" }],
    ["with a wrong key", 401, ERROR("10009"), {}, { kind: "refused", code: "10009", message: "Title: Detail" }],
    ["in another form", 403, {}, {}, { kind: "refused", code: "http_403", message: "The vendor answered 403." }],
    [
      "too often",
      429,
      ERROR("10011"),
      { "x-ratelimit-reset": "3" },
      { kind: "failed", code: "10011", message: "Title: Detail", retryAfterMs: 3000 },
    ],
    [
      "to a broken vendor",
      503,
      ERROR("10007"),
      { "retry-after": "2" },
      { kind: "failed", code: "10007", message: "Title: Detail", retryAfterMs: 2000 },
    ],
  ];
  test.each(cases)("%s", async (_name, status, body, headers, expected) => {
    answerWith(status, body, headers);
    expect(await telephony.send(hangup)).toEqual(expected);
  });

  test("of a conference names it, where the answer does", async () => {
    const create: TelephonyCommand = { kind: "conference_create", key: "k", controlId: "a" };
    answerWith(200, { data: { record_type: "conference", id: "f27b" } });
    expect(await telephony.send(create)).toEqual({ kind: "accepted", conferenceId: "f27b" });
    answerWith(200, {});
    expect(await telephony.send(create)).toEqual({ kind: "accepted" });
  });

  test("of a dial names the leg", async () => {
    answerWith(200, { data: { call_control_id: "v3:x", call_leg_id: "l", call_session_id: "s", is_alive: false } });
    const dialed = { controlId: "v3:x", legId: "l", sessionId: "s" };
    expect(await telephony.send(dial)).toEqual({ kind: "accepted", dialed });
  });
});

test.each([
  ["es", "es-ES", "AWS.Polly.Lucia-Neural"],
  ["es-AR", "es-ES", "AWS.Polly.Lucia-Neural"],
  ["en-gb", "en-GB", "AWS.Polly.Amy-Neural"],
  ["en", "en-US", "AWS.Polly.Joanna-Neural"],
  ["zh-Hant", "cmn-CN", "AWS.Polly.Zhiyu-Neural"],
  ["eu", "en-US", "AWS.Polly.Joanna-Neural"],
  [null, "en-US", "AWS.Polly.Joanna-Neural"],
])("a text in %s is spoken as %s", (language, spoken, voice) => {
  expect(voiceFor(language)).toEqual({ language: spoken, voice });
});
