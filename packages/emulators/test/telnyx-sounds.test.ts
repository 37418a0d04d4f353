import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeWav } from "../src/audio/wav.ts";
import { WavReader } from "../src/audio/wav-reader.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { telnyxClient } from "./support/answering-app.ts";
import { door } from "./support/door.ts";
import { type FileServer, startFileServer } from "./support/file-server.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";

let emulators: Emulators;
let receiver: Receiver;
let files: FileServer;

beforeAll(async () => {
  receiver = await startReceiver();
  files = await startFileServer();
  // Nobody talks in these tests: what is heard is what the commands play.
  emulators = await startEmulators({ telnyx: { pace: 20, webhookUrl: receiver.url, conversationGraceMs: 600_000 } });
});
afterAll(async () => {
  await emulators.close();
  await receiver.close();
  await files.close();
});

const actions = () => telnyxClient(emulators).calls.actions;

/** A recorded call on which nobody says a word: the caller's side is a silent file. */
async function recording(options: object = {}): Promise<{ id: string; legId: string }> {
  const wav = Buffer.from(encodeWav([new Int16Array(8)], 8000)).toString("base64");
  const { callControlId: id, callLegId: legId } = await door(emulators.control.url).call({ wav, hangupBy: "nobody" });
  await actions().answer(id, {});
  await receiver.event("call.answered", legId);
  await actions().startRecording(id, { format: "wav", channels: "dual", ...options });
  return { id, legId };
}

/** Hangs up and returns the channel of what was said to the caller. */
async function hear({ id, legId }: { id: string; legId: string }): Promise<Int16Array> {
  await actions().hangup(id, {});
  const saved = await receiver.event("call.recording.saved", legId);
  const bytes = new Uint8Array(await (await fetch(saved.recording_urls?.wav ?? "")).arrayBuffer());
  return new WavReader().push(bytes)[1] ?? new Int16Array(0);
}

/** How strongly a frequency sounds in a stretch (Goertzel), per sample. */
function strength(pcm: Int16Array, hz: number): number {
  const w = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let [one, two] = [0, 0];
  for (const sample of pcm) [one, two] = [sample + w * one - two, one];
  return Math.sqrt(one * one + two * two - w * one * two) / pcm.length;
}

test("a WAV file is played to the caller, with its events, and is in the recording to the sample", async () => {
  const call = await recording();
  const tone = new Int16Array(8000).map((_, i) => 7000 * Math.sin(i / 4));
  const audio_url = files.put(encodeWav([tone], 8000));
  await actions().startPlayback(call.id, { audio_url, audio_type: "wav" });
  expect(await receiver.event("call.playback.started", call.legId)).toMatchObject({ media_url: audio_url });
  expect((await receiver.event("call.playback.ended", call.legId)).status).toBe("completed");
  const heard = await hear(call);
  const start = heard.findIndex((sample) => sample !== 0) - 1;
  expect([...heard.subarray(start, start + 8000)]).toEqual([...tone]);
});

test("playback can be stopped; a file that is not there is 400/90040", async () => {
  const call = await recording();
  const long = new Int16Array(60 * 8000).fill(1000);
  await actions().startPlayback(call.id, { audio_url: files.put(encodeWav([long], 8000)), audio_type: "wav" });
  await receiver.event("call.playback.started", call.legId);
  await actions().stopPlayback(call.id, {});
  expect((await receiver.event("call.playback.ended", call.legId)).status).toBe("cancelled");
  const missing = actions().startPlayback(call.id, { audio_url: files.missing, audio_type: "wav" });
  await expect(missing).rejects.toMatchObject({ status: 400, error: { errors: [{ code: "90040" }] } });
  const sounding = (await hear(call)).reduce((count, sample) => count + (sample === 0 ? 0 : 1), 0);
  expect(sounding).toBeGreaterThan(0);
  expect(sounding).toBeLessThan(long.length);
});

test("digits sound as the two tones of their key", async () => {
  const call = await recording();
  await actions().sendDtmf(call.id, { digits: "5w#", duration_millis: 200 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const heard = await hear(call);
  const start = heard.findIndex((sample) => sample !== 0);
  const five = heard.subarray(start, start + 1600);
  const hash = heard.subarray(start + (200 + 50 + 500) * 8, start + (200 + 50 + 500 + 200) * 8);
  for (const [tone, own, foreign] of [
    [five, [770, 1336], [697, 1209]],
    [hash, [941, 1477], [770, 1633]],
  ] as const) {
    for (const hz of own) expect(strength(tone, hz)).toBeGreaterThan(1500);
    for (const hz of foreign) expect(strength(tone, hz)).toBeLessThan(500);
  }
});

test("a recording ends by itself at its greatest length", async () => {
  const call = await recording({ max_length: 2 });
  await receiver.event("call.recording.saved", call.legId);
  const { recordings, state } = await door(emulators.control.url).detail(call.legId);
  expect(state).toBe("answered");
  expect(recordings[0]?.durationMs).toBe(2000);
  await actions().hangup(call.id, {});
});

test("two legs are bridged, and the one that may not stay alone ends with the other", async () => {
  const first = await recording();
  const second = await recording();
  await actions().bridge(first.id, { call_control_id_to_bridge_with: second.id });
  await receiver.event("call.bridged", first.legId);
  await receiver.event("call.bridged", second.legId);
  await actions().hangup(second.id, {});
  expect(await receiver.event("call.hangup", first.legId)).toMatchObject({ hangup_cause: "normal_clearing" });
});

test("deliveries can be read, with the status of each attempt", async () => {
  const call = await recording();
  await actions().hangup(call.id, {});
  await receiver.event("call.hangup", call.legId);
  const { data } = await telnyxClient(emulators).webhookDeliveries.list();
  expect(data?.[0]).toMatchObject({ record_type: "webhook_delivery", status: "delivered" });
  expect(data?.[0]?.attempts?.[0]?.http?.response?.status).toBe(200);
});
