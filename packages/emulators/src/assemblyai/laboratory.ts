import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { UnreadableAudio } from "../audio/wav-reader.ts";
import type { Faults } from "../faults/faults.ts";
import { keepNewest } from "../keep-newest.ts";
import { download } from "./download.ts";
import { type NotifyAttempt, notify } from "./notify.ts";
import type { TranscriptParams } from "./params.ts";
import type { StreamDesk } from "./streaming/desk.ts";
import { JobError, transcribe } from "./transcribe.ts";
import type { Result, Transcript } from "./transcript.ts";

/** Transcripts that are remembered. */
const TRANSCRIPTS_KEPT = 25_000;

export interface LaboratorySettings {
  readonly apiKey: string;
  /** The least time that a job takes. */
  readonly processingMs: number;
  readonly webhookRetryMs: number;
  /** Jobs at once; more wait in order, `throttled`. */
  readonly concurrency: number;
  /** Requests per five minutes before 429. */
  readonly requestsPerWindow: number;
}

/** A successful job, as it would be on the bill: each channel is billed as its own audio. */
export interface BilledTranscript {
  readonly id: string;
  readonly audioSeconds: number;
  readonly channels: number;
}

/** All that the stand-in for AssemblyAI knows: its jobs, what they cost, what was uploaded, its streaming sessions. */
export class Laboratory {
  readonly settings: LaboratorySettings;
  readonly faults: Faults;
  readonly streams: StreamDesk;
  readonly transcripts = new Map<string, Transcript>();
  readonly billed: BilledTranscript[] = [];
  readonly notices: NotifyAttempt[] = [];
  readonly uploads = new Map<string, Uint8Array>();
  /** Known once it listens. */
  origin = "";
  readonly #closing = new AbortController();
  readonly #jobs = new Set<Promise<void>>();
  #running = 0;
  #queue: (() => void)[] = [];

  constructor(settings: LaboratorySettings, faults: Faults, streams: StreamDesk) {
    this.settings = settings;
    this.faults = faults;
    this.streams = streams;
  }

  /** Takes a job; it runs by itself from here. */
  submit(params: TranscriptParams): Transcript {
    const transcript: Transcript = {
      id: randomUUID(),
      params,
      created: zoneless(new Date()),
      completed: null,
      status: "queued",
      throttled: false,
      hasAudio: false,
      result: null,
      error: null,
      webhookStatus: null,
      isDeleted: false,
    };
    this.transcripts.set(transcript.id, transcript);
    keepNewest(this.transcripts, TRANSCRIPTS_KEPT);
    const job = this.#run(transcript)
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) console.error("A transcription job failed in the stand-in:", error);
      })
      .finally(() => this.#jobs.delete(job));
    this.#jobs.add(job);
    return transcript;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.streams.close();
    for (const start of this.#queue) start();
    await Promise.all(this.#jobs);
  }

  async #run(transcript: Transcript): Promise<void> {
    await this.#turn(transcript);
    try {
      transcript.status = "processing";
      const [outcome] = await Promise.all([
        this.#work(transcript),
        sleep(this.settings.processingMs, undefined, { signal: this.#closing.signal }),
      ]);
      if (outcome instanceof JobError) transcript.error = outcome.message;
      else this.#bill(transcript, outcome);
      transcript.completed = zoneless(new Date());
      // Last: who sees "completed" sees the whole result.
      transcript.status = outcome instanceof JobError ? "error" : "completed";
    } finally {
      this.#running -= 1;
      this.#queue.shift()?.();
    }
    const { faults, notices } = this;
    await notify(transcript, {
      faults,
      retryMs: this.settings.webhookRetryMs,
      closing: this.#closing.signal,
      attempts: notices,
    });
  }

  async #work(transcript: Transcript): Promise<Result | JobError> {
    const fault = this.faults.take({ target: "assemblyai", path: "/v2/transcript", effects: ["fail"] });
    if (fault !== undefined) return new JobError(fault.message);
    try {
      return await transcribe(this.#audioOf(transcript), transcript.params);
    } catch (error) {
      if (error instanceof JobError) return error;
      if (error instanceof UnreadableAudio) {
        return new JobError(`Transcoding failed. File does not appear to contain audio. ${error.message}`);
      }
      throw error;
    }
  }

  async *#audioOf(transcript: Transcript): AsyncGenerator<Uint8Array> {
    const url = transcript.params.audio_url;
    const uploaded = this.uploads.get(url);
    if (uploaded !== undefined) yield uploaded;
    else yield* download(url, this.#closing.signal);
    transcript.hasAudio = true;
  }

  #bill(transcript: Transcript, result: Result): void {
    transcript.result = result;
    const audioSeconds = Math.round(result.durationMs / 1000);
    this.billed.push({ id: transcript.id, audioSeconds, channels: result.channels });
  }

  async #turn(transcript: Transcript): Promise<void> {
    if (this.#running >= this.settings.concurrency) {
      transcript.throttled = true;
      await new Promise<void>((resolve) => this.#queue.push(resolve));
      transcript.throttled = false;
    }
    this.#closing.signal.throwIfAborted();
    this.#running += 1;
  }
}

/** ISO without a zone, with microseconds: how the vendor writes UTC. */
function zoneless(date: Date): string {
  return date.toISOString().replace("Z", "000");
}
