import { z } from "zod";
import { resample } from "../audio/resample.ts";
import { UnreadableAudio, WavReader } from "../audio/wav-reader.ts";
import { DEFAULT_SCRIPT } from "../script/built-in.ts";
import { perform } from "../script/perform.ts";
import { SAMPLE_HZ } from "../speech/speech.ts";
import { placeInboundCall } from "../telnyx/inbound-call.ts";
import type { Leg } from "../telnyx/leg/leg.ts";
import { scriptOf } from "../telnyx/ring-out.ts";
import { type ControlContext, ControlProblem } from "./context.ts";

/** Hang-up causes as Telnyx names them. */
const CAUSES = [
  "call_rejected",
  "normal_clearing",
  "originator_cancel",
  "timeout",
  "time_limit",
  "user_busy",
  "not_found",
  "no_answer",
  "unspecified",
] as const;

const MAX_WAV_BYTES = 100 * 1024 * 1024;

/** A call to one of the account's numbers. */
export const PlaceCall = z.strictObject({
  from: z.string().default("+14155550123"),
  to: z.string().optional(),
  /** A built-in script's name, or a script. Without one: the default, or nobody but the file when there is a `wav`. */
  script: z.unknown().optional(),
  /** The caller's side as a WAV file, base64. */
  wav: z.string().optional(),
  answerAfterMs: z.coerce.number().int().min(0).max(600_000).default(100),
  hangupCause: z.enum(CAUSES).optional(),
  hangupBy: z.enum(["caller", "agent", "nobody"]).default("caller"),
  /** The caller hangs up so long after the answer, whatever is being said. */
  hangupAfterMs: z.coerce.number().int().min(0).max(14_400_000).optional(),
  /** The caller gives up after so many (real) milliseconds of ringing. */
  patienceMs: z.coerce.number().int().min(0).max(600_000).optional(),
  /** How the file of a recording shows a pause. */
  pauseMode: z.enum(["silence", "cut"]).optional(),
  /** What the caller's carrier speaks: streams that ask for no codec get this one. */
  codec: z.enum(["PCMU", "PCMA"]).default("PCMU"),
  /** Length of this call's media frames. */
  frameMs: z.coerce
    .number()
    .pipe(z.literal([20, 100]))
    .optional(),
  recordingBytes: z.coerce.number().int().min(1000).max(4_290_000_000).optional(),
});

/** Rings in. The speech is made first, so that it begins on time. Throws `ControlProblem`. */
export async function placeCall({ carrier }: ControlContext, request: z.infer<typeof PlaceCall>): Promise<Leg> {
  const to = request.to ?? carrier.settings.numbers[0] ?? "";
  if (!carrier.numbers.has(to)) {
    throw new ControlProblem(
      404,
      `${to} is not a number of this account. There are: ${[...carrier.numbers.keys()].join(", ")}.`,
    );
  }
  if (carrier.application.webhookUrl === null) {
    throw new ControlProblem(
      409,
      "No webhook URL is set: nobody would learn of the call. Set it on the application first.",
    );
  }
  const callerAudio = request.wav === undefined ? null : decodeWav(Buffer.from(request.wav, "base64"));
  const script =
    request.script === undefined && callerAudio !== null ? null : readScript(request.script ?? DEFAULT_SCRIPT);
  const performance = script === null ? null : await perform(script);
  return placeInboundCall(carrier, {
    from: request.from,
    to,
    answerAfterMs: request.answerAfterMs,
    patienceMs: request.patienceMs,
    hangupAfterMs: request.hangupAfterMs,
    recordingBytes: request.recordingBytes,
    pauseMode: request.pauseMode,
    codec: request.codec,
    frameMs: request.frameMs,
    plan: {
      performance: Promise.resolve(performance),
      callerAudio,
      hangupBy: request.hangupBy,
      hangupCause: request.hangupCause ?? null,
      waitsForQuiet: true,
      graceMs: carrier.settings.conversationGraceMs,
    },
  });
}

/** A script by name or in full. Throws `ControlProblem` with what is wrong. */
export function readScript(script: unknown): ReturnType<typeof scriptOf> {
  try {
    return scriptOf(script);
  } catch (error) {
    const message =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ControlProblem(400, message);
  }
}

function decodeWav(bytes: Uint8Array): Int16Array {
  if (bytes.length > MAX_WAV_BYTES) throw new ControlProblem(413, "The WAV file is larger than 100 MiB.");
  try {
    const reader = new WavReader();
    const [first] = reader.push(bytes);
    return resample(first ?? new Int16Array(0), reader.finish().sampleHz, SAMPLE_HZ);
  } catch (error) {
    if (error instanceof UnreadableAudio) throw new ControlProblem(400, error.message);
    throw error;
  }
}
