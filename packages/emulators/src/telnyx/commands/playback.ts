import { resample } from "../../audio/resample.ts";
import { UnreadableAudio, WavReader } from "../../audio/wav-reader.ts";
import { SAMPLE_HZ } from "../../speech/speech.ts";
import { problems, TelnyxProblem } from "../problem.ts";
import { PlaybackStartBody, PlaybackStopBody } from "../schema/commands.ts";
import { command } from "./command.ts";

/** A file that is played to a call is not longer than this. */
const MAX_FILE_BYTES = 50 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 10_000;

export const playbackStart = command("playback_start", PlaybackStartBody, "answered", async (_, leg, body) => {
  if (body.audio_type !== "wav") throw problems.notEmulated("MP3 playback: send wav", "/audio_type");
  if (body.media_name !== undefined) throw problems.notEmulated("stored media", "/media_name");
  if (body.target_legs !== undefined && body.target_legs !== "self") {
    throw problems.notEmulated("playback to another leg", "/target_legs");
  }
  if (body.overlay) throw problems.notEmulated("overlaid playback", "/overlay");
  const bytes =
    body.audio_url === undefined ? Buffer.from(body.playback_content ?? "", "base64") : await download(body.audio_url);
  const pcm = decode(bytes);
  // Fetching took its time: what was due meanwhile comes first.
  leg.agenda.catchUp();
  if (body.stop !== undefined) leg.speech.stop(body.stop);
  leg.speech.add(
    "playback",
    Promise.resolve({ pcm, words: [] }),
    body.loop === "infinity" ? Number.POSITIVE_INFINITY : body.loop,
    { ...(body.audio_url === undefined ? {} : { media_url: body.audio_url }), overlay: false },
  );
  return undefined;
});

export const playbackStop = command("playback_stop", PlaybackStopBody, "answered", (_, leg, body) => {
  leg.speech.stop(body.stop, "playback");
  return undefined;
});

async function download(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MAX_FILE_BYTES) throw new Error("it is too long");
    return bytes;
  } catch (error) {
    throw notPlayable(error instanceof Error ? error.message : String(error));
  }
}

function decode(bytes: Uint8Array): Int16Array {
  try {
    const reader = new WavReader();
    const [first] = reader.push(bytes);
    const pcm = resample(first ?? new Int16Array(0), reader.finish().sampleHz, SAMPLE_HZ);
    // Nothing in a loop would never end.
    if (pcm.length === 0) throw new UnreadableAudio("The file holds no audio.");
    return pcm;
  } catch (error) {
    if (error instanceof UnreadableAudio) throw notPlayable(error.message);
    throw error;
  }
}

function notPlayable(reason: string): TelnyxProblem {
  return new TelnyxProblem(400, [
    { code: "90040", title: "Audio file could not be downloaded", detail: reason, source: { pointer: "/audio_url" } },
  ]);
}
