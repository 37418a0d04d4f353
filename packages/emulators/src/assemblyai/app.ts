import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { apiFaults } from "../faults/api-faults.ts";
import type { NodeBindings } from "../http/listen.ts";
import type { Received } from "../http/received.ts";
import { keepNewest } from "../keep-newest.ts";
import { toCaptions } from "./captions.ts";
import type { Laboratory } from "./laboratory.ts";
import { listTranscripts } from "./list.ts";
import { parseParams } from "./params.ts";
import { AssemblyAiProblem, problems } from "./problem.ts";
import { mean, type Transcript, transcriptView, type Word } from "./transcript.ts";
import { toSentences, toUtterances } from "./utterances.ts";

/** Uploads are kept in memory, so that they are kept small. */
const MAX_UPLOAD_BYTES = 200 * 1024 * 1024;
const UPLOADS_KEPT = 20;
const WINDOW_MS = 5 * 60_000;

/** The HTTP face of the stand-in for AssemblyAI's pre-recorded API, behind its raw key, and of the tokens of its streaming one. */
export function assemblyAiApp(laboratory: Laboratory, received: Received): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  app.use(received.watch("assemblyai"));
  app.use(apiFaults(laboratory.faults, "assemblyai", (_, { status }) => answer(problems.injected(status))));
  let windowStart = Date.now();
  let used = 0;
  app.use(async (c, next) => {
    if (Date.now() - windowStart > WINDOW_MS) {
      windowStart = Date.now();
      used = 0;
    }
    used += 1;
    if (used > laboratory.settings.requestsPerWindow) {
      const retryAfter = Math.ceil((windowStart + WINDOW_MS - Date.now()) / 1000);
      return c.json({ error: "Too many requests" }, 429, { "retry-after": String(retryAfter) });
    }
    // The raw key: "Bearer" before it makes it another, wrong key.
    if (c.req.header("authorization") !== laboratory.settings.apiKey) throw problems.unauthenticated();
    return next();
  });

  app.get("/v3/token", (c) => c.json(laboratory.streams.tokens.issue(new URL(c.req.url).searchParams)));

  app.post("/v2/upload", async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (bytes.length === 0) throw problems.badRequest("Upload failed, the request body is empty");
    if (bytes.length > MAX_UPLOAD_BYTES) throw problems.notEmulated("uploads of more than 200 MiB");
    const url = `${laboratory.origin}/upload/${randomUUID()}`;
    laboratory.uploads.set(url, bytes);
    keepNewest(laboratory.uploads, UPLOADS_KEPT);
    return c.json({ upload_url: url });
  });

  app.post("/v2/transcript", async (c) => {
    const body: unknown = await c.req.json().catch(() => {
      throw problems.badSchema();
    });
    return c.json(transcriptView(laboratory.submit(parseParams(body))));
  });

  app.get("/v2/transcript", (c) => c.json(listTranscripts(laboratory, new URL(c.req.url).searchParams)));
  app.get("/v2/transcript/:id", (c) => c.json(transcriptView(find(laboratory, c.req.param("id")))));

  app.delete("/v2/transcript/:id", (c) => {
    const transcript = find(laboratory, c.req.param("id"));
    if (transcript.status === "queued" || transcript.status === "processing") {
      throw problems.badRequest("Cannot delete a transcript that is not completed");
    }
    transcript.isDeleted = true;
    laboratory.uploads.delete(transcript.params.audio_url);
    return c.json(transcriptView(transcript));
  });

  app.get("/v2/transcript/:id/sentences", (c) => {
    const { id, durationSecs, words } = completed(laboratory, c.req.param("id"));
    return c.json({ id, confidence: mean(words), audio_duration: durationSecs, sentences: toSentences(words) });
  });

  app.get("/v2/transcript/:id/paragraphs", (c) => {
    const { id, durationSecs, words } = completed(laboratory, c.req.param("id"));
    const paragraphs = toUtterances(words).map(({ speaker: _, channel: __, ...paragraph }) => paragraph);
    return c.json({ id, confidence: mean(words), audio_duration: durationSecs, paragraphs });
  });

  app.get("/v2/transcript/:id/:format{srt|vtt}", (c) => {
    const { words } = completed(laboratory, c.req.param("id"));
    const chars = z.coerce.number().int().min(1).optional().safeParse(c.req.query("chars_per_caption"));
    if (!chars.success) throw problems.badRequest("chars_per_caption must be an Integer");
    return c.text(toCaptions(words, c.req.param("format") === "srt" ? "srt" : "vtt", chars.data));
  });

  app.notFound(() => answer(problems.notFound()));
  app.onError((error) =>
    answer(
      error instanceof AssemblyAiProblem ? error : new AssemblyAiProblem(500, `The stand-in failed: ${error.message}`),
    ),
  );
  return app;
}

function answer(problem: AssemblyAiProblem): Response {
  return Response.json(problem.body, { status: problem.status });
}

function find(laboratory: Laboratory, id: string): Transcript {
  const transcript = laboratory.transcripts.get(id);
  if (transcript === undefined) throw problems.unknownTranscript();
  return transcript;
}

function completed(laboratory: Laboratory, id: string): { id: string; durationSecs: number; words: readonly Word[] } {
  const { status, result, isDeleted } = find(laboratory, id);
  if (result === null || isDeleted) throw problems.notReady(status);
  return { id, durationSecs: Math.round(result.durationMs / 1000), words: result.words };
}
