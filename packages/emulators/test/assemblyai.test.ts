import { AssemblyAI, type TranscribeParams } from "assemblyai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseParams } from "../src/assemblyai/params.ts";
import { transcribe as transcribeFile } from "../src/assemblyai/transcribe.ts";
import { encodeMulaw } from "../src/audio/mulaw.ts";
import { encodeWav, wavHeader } from "../src/audio/wav.ts";
import { type Emulators, startEmulators } from "../src/index.ts";
import { type Speech, synthesise } from "../src/speech/speech.ts";
import { door } from "./support/door.ts";
import { type FileServer, startFileServer } from "./support/file-server.ts";
import { startReceiver } from "./support/receiver.ts";

let emulators: Emulators;
let client: AssemblyAI;
let files: FileServer;
let first: Speech;
let second: Speech;

beforeAll(async () => {
  emulators = await startEmulators({ assemblyai: { processingMs: 10, webhookRetryMs: 20 } });
  client = new AssemblyAI({ apiKey: emulators.assemblyai.apiKey, baseUrl: emulators.assemblyai.url });
  files = await startFileServer();
  first = await synthesise("The delivery arrives on Thursday. Please confirm.", { name: "en-us", pitch: 41 });
  second = await synthesise("Thursday is fine, thank you very much.", { name: "en-gb", pitch: 61 });
});
afterAll(async () => {
  await emulators.close();
  await files.close();
});

const transcribe = (params: TranscribeParams) => client.transcripts.transcribe(params, { pollingInterval: 10 });
const texts = (words: readonly { readonly text: string }[] | null | undefined) => words?.map(({ text }) => text);
const silence = (ms: number) => new Int16Array(ms * 8);
const join = (...parts: readonly Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

/** Two people: one after the other, each on its own channel. */
function stereo(): Int16Array[] {
  const left = join(first.pcm, silence(1000), silence(second.pcm.length / 8));
  const right = join(silence(first.pcm.length / 8), silence(1000), second.pcm);
  return [left, right];
}

async function post(
  body: unknown,
  authorization = emulators.assemblyai.apiKey,
): Promise<{ status: number; error?: string }> {
  const response = await fetch(`${emulators.assemblyai.url}/v2/transcript`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { error }: { error?: string } = JSON.parse(await response.text());
  return { status: response.status, ...(error === undefined ? {} : { error }) };
}

describe("words", () => {
  test("two channels come back as words with their channel and as utterances in time order", async () => {
    const audio = files.put(encodeWav(stereo(), 8000));
    const transcript = await transcribe({ audio, multichannel: true, language_detection: true });
    expect(transcript).toMatchObject({
      status: "completed",
      audio_channels: 2,
      language_code: "en",
      speech_model_used: "universal-3-5-pro",
    });
    expect(texts(transcript.words)).toEqual([...(texts(first.words) ?? []), ...(texts(second.words) ?? [])]);
    expect(transcript.utterances?.map(({ text, channel }) => [channel, text])).toEqual([
      ["1", "The delivery arrives on Thursday. Please confirm."],
      ["2", "Thursday is fine, thank you very much."],
    ]);
    const offset = first.pcm.length / 8 + 1000;
    const start = transcript.words?.find(({ channel }) => channel === "2")?.start ?? 0;
    expect(Math.abs(start - offset - (second.words[0]?.start ?? 0) / 8)).toBeLessThanOrEqual(10);
    expect(transcript.audio_duration).toBe(Math.round((stereo()[0]?.length ?? 0) / 8000));
  });

  test("one channel with speaker labels tells two voices apart", async () => {
    const audio = files.put(encodeWav([join(first.pcm, silence(1000), second.pcm)], 8000));
    const { utterances } = await transcribe({ audio, speaker_labels: true });
    expect(utterances?.map(({ speaker }) => speaker)).toEqual(["A", "B"]);
  });

  test("µ-law files are understood like PCM", async () => {
    const bytes = encodeMulaw(first.pcm);
    const header = Buffer.from(wavHeader({ channels: 1, sampleHz: 8000, dataBytes: bytes.length }));
    header.writeUInt16LE(7, 20);
    header.writeUInt16LE(8, 34);
    const transcript = await transcribe({ audio: files.put(Buffer.concat([header, bytes])) });
    expect(texts(transcript.words)).toEqual(texts(first.words));
  });

  test("a second cut out of the file is missing from the words, and what follows comes a second earlier", async () => {
    const pcm = join(first.pcm, silence(500), second.pcm);
    const middle = (index: number) =>
      Math.round(((first.words[index]?.start ?? 0) + (first.words[index]?.end ?? 0)) / 2);
    const from = middle(1);
    const to = from + 8000;
    const transcript = await transcribe({
      audio: files.put(encodeWav([join(pcm.subarray(0, from), pcm.subarray(to))], 8000)),
    });
    const whole = (word: Speech["words"][number]) => word.end <= from || word.start >= to;
    const heard = texts(transcript.words) ?? [];
    const kept = [...first.words.filter(whole), ...second.words];
    // A word at the edge of which four fifths are left may still be heard.
    expect(heard.filter((text) => kept.some((word) => word.text === text))).toEqual(texts(kept));
    expect(heard.length).toBeLessThanOrEqual(kept.length + 1);
    expect(heard.length).toBeLessThan(first.words.length + second.words.length);
    const last = transcript.words?.at(-1)?.start ?? 0;
    const was = (first.pcm.length + 4000 + (second.words.at(-1)?.start ?? 0)) / 8;
    expect(Math.abs(was - last - 1000)).toBeLessThanOrEqual(10);
  });

  test("punctuation, case and a time window are as the request wants them", async () => {
    const audio = files.put(encodeWav([first.pcm], 8000));
    const plain = await transcribe({ audio, punctuate: false, format_text: false });
    expect(plain.text).toBe("the delivery arrives on thursday please confirm");
    const until = (first.words[2]?.end ?? 0) / 8 + 5;
    expect((await transcribe({ audio, audio_end_at: Math.round(until) })).text).toBe("The delivery arrives");
  });

  test("languages are detected, one that no model knows is an error", async () => {
    const spanish = await synthesise("Muchas gracias por su llamada.", { name: "es", pitch: 50 });
    const esperanto = await synthesise("Bonan tagon al ĉiuj amikoj.", { name: "eo", pitch: 50 });
    const detect = (speech: Speech, more: object = {}) =>
      transcribe({ audio: files.put(encodeWav([speech.pcm], 8000)), language_detection: true, ...more });
    expect(await detect(spanish)).toMatchObject({
      status: "completed",
      language_code: "es",
      language_confidence: 0.99,
    });
    expect(await detect(esperanto)).toMatchObject({
      status: "error",
      error: "Detected language 'eo' is not supported.",
    });
    expect((await detect(spanish, { language_confidence_threshold: 1 })).error).toContain("confidence threshold");
  });
});

describe("jobs that fail", () => {
  test.each([
    ["an unreachable file", () => files.missing, "Download error, unable to access file at "],
    [
      "a file that is no audio",
      () => files.put(Buffer.from("<html>"), "text/html"),
      "File does not appear to contain audio",
    ],
    ["a file that is too short", () => files.put(encodeWav([silence(150)], 8000)), "Audio duration is too short."],
  ])("%s", async (_, audio, message) => {
    const transcript = await transcribe({ audio: audio() });
    expect(transcript.status).toBe("error");
    expect(transcript.error).toContain(message);
  });

  test("a file of more than ten hours", async () => {
    // One sample a second makes a small file of it, which comes in one piece; at just ten hours, that rate is what is wrong with it.
    async function* file(seconds: number) {
      yield encodeWav([new Int16Array(seconds)], 1);
    }
    const params = parseParams({ audio_url: "https://example.com/long.wav" });
    await expect(transcribeFile(file(36_001), params)).rejects.toThrow("Audio duration is too long.");
    await expect(transcribeFile(file(36_000), params)).rejects.toThrow("too low for speech");
  });

  test("on request, and they are not billed", async () => {
    await door(emulators.control.url).fault({
      target: "assemblyai",
      effect: "fail",
      message: "Server error, developers have been alerted",
    });
    const failed = await transcribe({ audio: files.put(encodeWav([first.pcm], 8000)) });
    expect(failed).toMatchObject({ status: "error", error: "Server error, developers have been alerted" });
    const { billed } = Object(await door(emulators.control.url).get("/transcripts"));
    expect(billed.some(({ id }: { id: string }) => id === failed.id)).toBe(false);
  });
});

describe("refusals", () => {
  test("the raw key is wanted: with Bearer before it it is another one", async () => {
    const refused = { status: 401, error: "Authentication error, API token missing/invalid" };
    expect(await post({}, `Bearer ${emulators.assemblyai.apiKey}`)).toEqual(refused);
    await expect(
      new AssemblyAI({ apiKey: "wrong", baseUrl: emulators.assemblyai.url }).transcripts.list(),
    ).rejects.toThrow(refused.error);
  });

  test.each([
    [
      { audio_url: "http://x/y", multi_channel: true },
      400,
      "Invalid endpoint schema, please refer to documentation for examples.",
    ],
    [{ audio_url: "http://x/y", format_text: "yes" }, 400, "format_text must be a Boolean"],
    [{}, 400, "Missing required field: audio_url"],
    [{ audio_url: "http://x/y", language_code: "xx" }, 400, "Invalid value for language_code: xx"],
    [
      { audio_url: "http://x/y", speech_models: ["universal-3-pro"] },
      400,
      "Invalid value for speech_models: universal-3-pro",
    ],
    [
      { audio_url: "http://x/y", webhook_auth_header_name: "X" },
      400,
      "webhook_auth_header_name and webhook_auth_header_value must be set together",
    ],
    [{ audio_url: "http://x/y", summarization: true }, 501, "This stand-in does not emulate summarization."],
  ])("%j is refused", async (body, status, error) => {
    expect(await post(body)).toEqual({ status, error });
  });

  test("a prompt of more than 1500 words is refused", async () => {
    const prompt = (words: number) => post({ audio_url: files.missing, prompt: "word ".repeat(words) });
    expect(await prompt(1501)).toEqual({ status: 400, error: "prompt: it has at most 1500 words" });
    expect((await prompt(1500)).status).toBe(200);
  });

  test("null is as good as absent", async () => {
    expect(
      await post({ audio_url: files.missing, multichannel: null, webhook_url: null, keyterms_prompt: null }),
    ).toEqual({ status: 200 });
  });

  test("an unknown transcript is 404, a limit is 429 with Retry-After", async () => {
    await expect(client.transcripts.get("none")).rejects.toThrow("Transcript not found");
    await door(emulators.control.url).fault({ target: "assemblyai", effect: "status", status: 429, retryAfterSecs: 3 });
    const limited = await fetch(`${emulators.assemblyai.url}/v2/transcript`);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
  });
});

describe("webhooks", () => {
  async function withReceiver(answers: (attempt: number) => number) {
    let attempts = 0;
    const receiver = await startReceiver(() => {
      attempts += 1;
      return answers(attempts);
    });
    const { id } = await client.transcripts.submit({
      audio: files.put(encodeWav([first.pcm], 8000)),
      webhook_url: receiver.url,
      webhook_auth_header_name: "X-Secret",
      webhook_auth_header_value: "s3cret",
    });
    return { id, receiver };
  }

  test("a finished job is told with the header that was asked for; the result is there by then", async () => {
    const { id, receiver } = await withReceiver(() => 200);
    const arrived = await receiver.waitFor(({ body }) => body.transcript_id === id);
    expect(arrived.headers["x-secret"]).toBe("s3cret");
    expect(JSON.parse(arrived.rawBody)).toEqual({ transcript_id: id, status: "completed" });
    const transcript = await client.transcripts.get(id);
    expect(transcript).toMatchObject({ status: "completed", webhook_auth: true, webhook_auth_header_name: "X-Secret" });
    expect(transcript).not.toHaveProperty("webhook_auth_header_value");
    await receiver.close();
  });

  test("5xx is tried ten times, a 4xx ends it at once", async () => {
    const failing = await withReceiver(() => 503);
    await failing.receiver.waitFor(() => failing.receiver.arrived.length === 10);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(failing.receiver.arrived).toHaveLength(10);
    await failing.receiver.close();
    const refusing = await withReceiver(() => 404);
    await refusing.receiver.waitFor(() => true);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(refusing.receiver.arrived).toHaveLength(1);
    expect((await client.transcripts.get(refusing.id)).webhook_status_code).toBe(404);
    await refusing.receiver.close();
  });
});

describe("the rest of the API", () => {
  test("transcripts are listed newest first, in pages", async () => {
    const audio = files.put(encodeWav([first.pcm], 8000));
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.unshift((await transcribe({ audio })).id);
    const page = await client.transcripts.list({ limit: 2 });
    expect(page.transcripts.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const older = await client.transcripts.list(page.page_details.prev_url ?? "");
    expect(older.transcripts[0]?.id).toBe(ids[2]);
    expect(page.page_details.next_url).toBeNull();
  });

  test("a deleted transcript keeps its id and loses its words", async () => {
    const { id } = await transcribe({ audio: files.put(encodeWav([first.pcm], 8000)) });
    await client.transcripts.delete(id);
    expect(await client.transcripts.get(id)).toMatchObject({
      id,
      status: "completed",
      text: "Deleted by user.",
      words: null,
      audio_url: "http://deleted_by_user",
    });
  });

  test("uploads, sentences, paragraphs and subtitles", async () => {
    const { id, text } = await transcribe({ audio: Buffer.from(encodeWav([first.pcm], 8000)) });
    expect(text).toBe("The delivery arrives on Thursday. Please confirm.");
    const { sentences } = await client.transcripts.sentences(id);
    expect(texts(sentences)).toEqual(["The delivery arrives on Thursday.", "Please confirm."]);
    expect((await client.transcripts.paragraphs(id)).paragraphs).toHaveLength(1);
    expect(await client.transcripts.subtitles(id, "srt")).toMatch(
      /^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\nThe delivery arrives on Thursday\.\n\n2\n/,
    );
    expect(await client.transcripts.subtitles(id, "vtt", 12)).toMatch(/^WEBVTT\n\n/);
  });

  test("more jobs than may run at once wait their turn, throttled", async () => {
    const small = await startEmulators({ assemblyai: { concurrency: 1, processingMs: 150 } });
    const other = new AssemblyAI({ apiKey: small.assemblyai.apiKey, baseUrl: small.assemblyai.url });
    try {
      const audio = files.put(encodeWav([first.pcm], 8000));
      const [one, two] = [await other.transcripts.submit({ audio }), await other.transcripts.submit({ audio })];
      expect(await other.transcripts.get(two.id)).toMatchObject({ status: "queued", throttled: true });
      expect((await other.transcripts.waitUntilReady(one.id, { pollingInterval: 10 })).status).toBe("completed");
      expect((await other.transcripts.waitUntilReady(two.id, { pollingInterval: 10 })).status).toBe("completed");
    } finally {
      await small.close();
    }
  });
});
