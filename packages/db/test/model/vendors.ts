import { createHash } from "node:crypto";
import {
  type CarrierRecords,
  collectTranscript,
  type Hasher,
  JOB_CATALOGUE,
  type JobHandler,
  type JobHandlers,
  type JobKind,
  jobHandler,
  mulawWavHeader,
  requestTranscript,
  storeRecording,
  type Transcriber,
} from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import type { RoomDriver } from "./room-driver.ts";

/** How the vendor that an attempt asks behaves. `stalls`: it does not answer until it is told to. `refuses`: it never will. */
export type VendorMood = "answers" | "fails" | "stalls" | "refuses";

const SOUND = new Uint8Array([...mulawWavHeader(2, 16_000), ...new Uint8Array(16_000).fill(0x80)]);
const WORD = { text: "Hello", startMs: 0, endMs: 400, confidence: 1 };

function newSha256(): Hasher {
  const hash = createHash("sha256");
  return { update: (chunk) => void hash.update(chunk), hex: () => hash.digest("hex") };
}

/** The storage, the carrier's files and the transcriber, in memory, with their own books of what they were asked. */
export class Vendors {
  readonly objects = new Map<string, Uint8Array>();
  /** Of each object how often it was written. */
  readonly writes = new Map<string, number>();
  /** Of each audio how often it was submitted, and so billed. */
  readonly billed = new Map<string, number>();
  readonly submissions: { id: string; path: string; callbackUrl: string }[] = [];
  mood: VendorMood = "answers";
  readonly #stalled: ((fails: boolean) => void)[] = [];
  #noteStall: () => void = () => {};

  /** Resolves when an attempt stalls. */
  nextStall(): Promise<"stalled"> {
    return new Promise((resolve) => {
      this.#noteStall = () => resolve("stalled");
    });
  }

  /** Answers the oldest that waits, or fails it; false where none does. */
  release(fails: boolean): boolean {
    const go = this.#stalled.shift();
    go?.(fails);
    return go !== undefined;
  }

  /** The real work of the kinds that a call sets off, with these ports; of the others none is asked. */
  handlers(rooms: readonly RoomDriver[]): JobHandlers {
    const audio = {
      open: async () => {
        await this.#answer();
        return { sizeBytes: SOUND.byteLength, body: new Blob([SOUND]).stream() };
      },
    };
    const blobs = {
      putOnce: async (key: string, body: AsyncIterable<Uint8Array>) => {
        const bytes: number[] = [];
        for await (const chunk of body) bytes.push(...chunk);
        if (this.objects.has(key)) return "existing" as const;
        this.objects.set(key, Uint8Array.from(bytes));
        this.writes.set(key, (this.writes.get(key) ?? 0) + 1);
        return "stored" as const;
      },
      head: async () => null,
      read: async (key: string) => {
        const bytes = this.objects.get(key);
        return bytes === undefined ? null : new Blob([new Uint8Array(bytes)]).stream();
      },
      presignGet: async (key: string) => `https://storage.example/${key}?signature=${crypto.randomUUID()}`,
    };
    // Nothing is purged here.
    const store = { remove: () => Promise.reject(new Error("not asked")) };
    const transcriber = this.#transcriber();
    const ports = {
      records: this.carrierRecords(rooms),
      audio,
      blobs,
      store,
      newSha256,
      transcriber,
      webhooksOrigin: "https://w.example",
    };
    const never = (kind: JobKind): JobHandler => ({
      entry: JOB_CATALOGUE[kind],
      run: () => Promise.reject(new Error(`${kind} is not asked`)),
    });
    return {
      "recording.store": jobHandler(JOB_CATALOGUE["recording.store"], {
        run: (ctx, { recordingId }, step) => storeRecording(ctx, ports, recordingId, step),
      }),
      "transcript.request": jobHandler(JOB_CATALOGUE["transcript.request"], {
        run: (ctx, { transcriptId }) => requestTranscript(ctx, ports, transcriptId),
      }),
      "transcript.collect": jobHandler(JOB_CATALOGUE["transcript.collect"], {
        run: (ctx, { transcriptId, vendorTranscriptionId }) =>
          collectTranscript(ctx, transcriber, transcriptId, vendorTranscriptionId),
      }),
      // Work that does nothing but to be done: what is asked for twice under one name is one job, and can be cancelled.
      "numbers.sync": jobHandler(JOB_CATALOGUE["numbers.sync"], {
        run: async (_ctx, _payload, step) => {
          await this.#answer();
          await step.checkCancelled();
        },
      }),
      "recording.store_own": never("recording.store_own"),
      "recording.delete_carrier_copy": never("recording.delete_carrier_copy"),
      "mail.send": never("mail.send"),
      "upload.check": never("upload.check"),
      "digest.make": never("digest.make"),
      "call.purge_objects": never("call.purge_objects"),
      "export.write": never("export.write"),
      "import.take": never("import.take"),
      "cron.run": never("cron.run"),
    };
  }

  /** The carrier's books, as reconciliation asks for them. */
  carrierRecords(rooms: readonly RoomDriver[]): CarrierRecords {
    const notAsked = () => Promise.reject(new Error("not asked"));
    return {
      recording: async () => null,
      recordingsOfLeg: async (legId) =>
        rooms
          .filter(({ leg, carrier }) => leg.legId === legId && carrier.isRecorded && carrier.isOver)
          .map((room) => {
            const { url, ...recording } = room.recording();
            return { ...recording, carrierLegId: legId, durationMs: 1000, urls: { wav: url } };
          }),
      leg: async (controlId) => {
        const room = rooms.find(({ leg }) => leg.controlId === controlId);
        return { isAlive: room !== undefined && !room.carrier.isOver, endedAt: null };
      },
      notices: async ({ from, until }) => ({
        notices: rooms
          .flatMap(({ sent }) => sent)
          .filter(({ occurredAt }) => from <= new Date(occurredAt) && new Date(occurredAt) < until),
        pageCount: 1,
      }),
      deleteRecording: notAsked,
      numbers: notAsked,
      check: notAsked,
    };
  }

  #transcriber(): Transcriber {
    return {
      name: "assemblyai",
      capabilities: { maxChannels: 2, languages: new Set(["en"]), minDurationMs: 160, callback: "webhook" },
      submit: async ({ audioUrl, callbackUrl }) => {
        // Never for long: the request has a time limit that ends before its lease does.
        this.#failAtOnce();
        const { pathname } = new URL(audioUrl);
        this.billed.set(pathname, (this.billed.get(pathname) ?? 0) + 1);
        const id = crypto.randomUUID();
        this.submissions.push({ id, path: pathname, callbackUrl });
        return { vendorTranscriptionId: id };
      },
      findSubmission: async (audioUrl) => {
        const { pathname } = new URL(audioUrl);
        const found = this.submissions.find(({ path }) => path === pathname);
        return found === undefined ? null : { vendorTranscriptionId: found.id };
      },
      fetch: async () => {
        await this.#answer();
        const utterance = {
          speaker: "A",
          channel: 1,
          startMs: 0,
          endMs: 400,
          confidence: 1,
          text: "Hello",
          words: [WORD],
        };
        return {
          kind: "completed",
          content: { language: "en", confidence: 1, durationMs: 1000, utterances: [utterance] },
        };
      },
      check: async () => ({ message: "ok" }),
    };
  }

  #failAtOnce(): void {
    if (this.mood === "fails") throw new EarwitnessError("vendor_failed", "Not now.", { retryable: true });
    if (this.mood === "refuses") throw new EarwitnessError("vendor_failed", "Never.", { retryable: false });
  }

  async #answer(): Promise<void> {
    this.#failAtOnce();
    if (this.mood !== "stalls") return;
    const fails = await new Promise<boolean>((resolve) => {
      this.#stalled.push(resolve);
      this.#noteStall();
    });
    if (fails) throw new EarwitnessError("vendor_failed", "Not then.", { retryable: true });
  }
}
