import { isSameSecret } from "@earwitness/providers/http";
import { CALLBACK_SECRET_HEADER, readTranscriptNotice } from "@earwitness/providers/transcriber";
import { type RawNotice, RecordingId } from "@earwitness/shared";
import type { Handler } from "hono";
import { z } from "zod";
import type { DoorEnv } from "../door-env.ts";
import { idOfBytes } from "../id-of-bytes.ts";
import { takeIn } from "../intake.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { textOf } from "../text-of.ts";

/** What we put into the callback URL, because the notice itself names nothing of ours. */
const Callback = z.object({ room: z.string().min(1).max(200), recording: RecordingId });

/**
 * AssemblyAI's notices. They are not signed: a secret header of our choosing proves them, and the result is fetched by id
 * afterwards. A 4xx ends the vendor's attempts at once, so only what can never be right is answered so.
 */
export const assemblyAiNotice: Handler<DoorEnv> = async (c) => {
  const { services, requestId, log } = c.var;
  if (!(await isSameSecret(c.req.header(CALLBACK_SECRET_HEADER) ?? "", services.assemblyAiSecret))) {
    log.warn("A notice was refused.", { vendor: "assemblyai", fault: "secret" });
    return problem("forbidden", "The notice does not carry the secret that was agreed.", requestId);
  }
  const callback = Callback.safeParse(c.req.query());
  if (!callback.success) return problem("invalid_request", "The callback names no room and recording.", requestId);
  const bytes = await readBody(c.req.raw);
  if (bytes === null) return problem("too_large", "The notice is longer than is taken.", requestId);
  const body = textOf(bytes);
  const told = readTranscriptNotice(body);
  const { room, recording } = callback.data;
  const notice: RawNotice = {
    vendor: "assemblyai",
    eventId: told?.eventId ?? (await idOfBytes(bytes)),
    eventType: told === null ? "unreadable" : `transcript.${told.status}`,
    receivedAt: new Date().toISOString(),
    callback: { recording },
    body,
    verdict: told === null ? "unreadable" : "readable",
  };
  const intake = await takeIn({ room, notice }, services, log);
  if (intake === "nowhere") return problem("unavailable", "The notice could not be kept. Send it again.", requestId);
  return c.body(null, 200);
};
