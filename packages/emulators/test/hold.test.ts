import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeWav } from "../src/audio/wav.ts";
import { type FileServer, startFileServer } from "./support/file-server.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
let files: FileServer;
beforeAll(async () => {
  files = await startFileServer();
  stage = await startStage();
});
afterAll(async () => {
  await stage.close();
  await files.close();
});

const both = { format: "wav", channels: "dual" } as const;
const tone = new Int16Array(3000).map((_, i) => 4000 * Math.sin(i / 3));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the music's own samples are in a stretch. */
const hasMusic = (pcm: Int16Array) =>
  Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).includes(Buffer.from(tone.buffer, tone.byteOffset, 2000));

describe("hold music", () => {
  test("plays in a loop until it is stopped; lines that have not begun wait for it", async () => {
    const { id, legId } = await stage.answered({ script: "short" });
    await stage.actions.startRecording(id, both);
    for (let began: number | null = null; began === null; await pause(10)) {
      began = (await stage.control.detail(legId)).script?.beganMs ?? null;
    }
    const audio_url = files.put(encodeWav([tone], 8000));
    await stage.actions.startPlayback(id, { audio_url, audio_type: "wav", loop: "infinity" });
    await stage.receiver.event("call.playback.started", legId);
    await pause(400);
    const holding = await stage.control.detail(legId);
    await stage.actions.stopPlayback(id, {});
    expect(await stage.receiver.event("call.playback.ended", legId)).toMatchObject({ status: "cancelled" });
    const { detail, local } = await stage.recorded(legId);

    const event = (name: string) => detail.timeline.find((entry) => entry.name === name)?.atMs ?? Number.NaN;
    const [from, to] = [event("call.playback.started"), event("call.playback.ended")];
    expect(to - from).toBeGreaterThanOrEqual(4000);
    // Nobody began a line meanwhile; nothing of the script is lost for that.
    const starts = detail.script?.words.map(({ startMs }) => startMs) ?? [];
    const later = starts.filter((startMs) => startMs > to);
    expect(later.length).toBeGreaterThan(0);
    expect(detail.recordings[0]?.words).toHaveLength(15);
    expect(holding.state).toBe("answered");
    const at = (ms: number) => (ms - (detail.recordings[0]?.startMs ?? 0)) * 8;
    expect(hasMusic(local.subarray(at(from), at(to)))).toBe(true);
    expect(hasMusic(local.subarray(at(to)))).toBe(false);
  });

  test("that is a stored file or MP3 is refused with 501, and so is a file without sound", async () => {
    const { id } = await stage.answered({ hangupBy: "nobody" });
    const stored = stage.actions.startPlayback(id, { media_name: "music", audio_type: "wav", loop: "infinity" });
    await expect(stored).rejects.toMatchObject({ status: 501 });
    const mp3 = stage.actions.startPlayback(id, { audio_url: "https://example.com/music.mp3", loop: "infinity" });
    await expect(mp3).rejects.toMatchObject({ status: 501 });
    const empty = files.put(encodeWav([new Int16Array(0)], 8000));
    const nothing = stage.actions.startPlayback(id, { audio_url: empty, audio_type: "wav", loop: "infinity" });
    await expect(nothing).rejects.toMatchObject({ status: 400 });
    await stage.actions.hangup(id, {});
  });
});
