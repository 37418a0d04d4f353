import { z } from "zod";
import { problems } from "../problem.ts";
import { refusals } from "./refusal.ts";

/** The vendor takes no more terms in one session. */
const MAX_KEYTERMS = 100;

const text = z.string();
const bool = z.enum(["true", "false"]).transform((value) => value === "true");
const integer = z
  .string()
  .regex(/^\d{1,9}$/, "must be an integer")
  .transform(Number);
const share = z
  .string()
  .regex(/^\d(\.\d+)?$/, "must be a number")
  .transform(Number)
  .pipe(z.number().min(0).max(1));
const list = z
  .string()
  .transform((value, issue) => {
    try {
      const parsed: unknown = JSON.parse(value);
      return parsed;
    } catch {
      issue.addIssue("must be a JSON array");
      return z.NEVER;
    }
  })
  .pipe(z.array(z.string().min(1)));

/** What both the query and `UpdateConfiguration` say of key terms. */
export const KeyTerms = z.array(z.string().min(1)).max(MAX_KEYTERMS, `at most ${MAX_KEYTERMS} terms a session`);

/** The names that the vendor serves by another model since it retired theirs. */
const REDIRECTED: Readonly<Record<string, string>> = {
  "u3-pro": "universal-3-5-pro",
  "u3-rt-pro": "universal-3-5-pro",
};

/** What the vendor does and this stand-in does not: asking for it is refused, not ignored. */
const UNEMULATED = {
  speaker_labels: text,
  max_speakers: text,
  speaker_labels_revision_interval_ms: text,
  redact_pii: text,
  redact_pii_policies: text,
  redact_pii_sub: text,
  voice_focus: text,
  voice_focus_threshold: text,
  session_heartbeat: text,
  acknowledge_silence: text,
  webhook_url: text,
  webhook_auth_header_name: text,
  webhook_auth_header_value: text,
  llm_gateway: text,
  domain: text,
  _customer_support_audio_capture: text,
};

const Query = z.strictObject({
  ...z.object(UNEMULATED).partial().shape,
  token: text.optional(),
  speech_model: z.enum([
    "universal-3-5-pro",
    "universal-3-6-pro",
    "universal-3-6",
    "u3-rt-pro",
    "u3-rt-pro-beta-1",
    "u3-pro",
    "universal-streaming-english",
    "universal-streaming-multilingual",
    "whisper-rt",
  ]),
  sample_rate: integer.pipe(z.int().min(1)).optional(),
  encoding: z.enum(["pcm_s16le", "pcm_mulaw", "opus", "ogg_opus", "aac"]).default("pcm_s16le"),
  format_turns: bool.optional(),
  end_of_turn_confidence_threshold: share.optional(),
  min_turn_silence: integer.optional(),
  min_end_of_turn_silence_when_confident: integer.optional(),
  max_turn_silence: integer.optional(),
  vad_threshold: share.optional(),
  keyterms_prompt: list.pipe(KeyTerms).optional(),
  prompt: text.optional(),
  agent_context: text.optional(),
  mode: z.enum(["min_latency", "balanced", "max_accuracy"]).optional(),
  language_codes: list.optional(),
  language_code: text.optional(),
  language: text.optional(),
  language_detection: bool.optional(),
  inactivity_timeout: integer.pipe(z.int().min(5).max(3600)).optional(),
  filter_profanity: bool.optional(),
  include_partial_turns: bool.optional(),
  continuous_partials: bool.optional(),
  interruption_delay: integer.pipe(z.int().max(1000)).optional(),
  turn_left_pad_ms: integer.optional(),
});

export interface StreamParams extends z.infer<typeof Query> {
  readonly encoding: "pcm_s16le" | "pcm_mulaw";
  /** The model that serves the session. */
  readonly model: string;
  readonly isPro: boolean;
}

/**
 * Checks the query of `/v3/ws` as the vendor does. Throws `StreamRefusal` 3006 for what is wrong or missing, `AssemblyAiProblem` 501
 * for what is right and not emulated here.
 */
export function parseStreamParams(query: URLSearchParams): StreamParams {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw refusals.invalidParameter(explain(parsed.error.issues[0]));
  const params = parsed.data;
  for (const name of Object.keys(UNEMULATED)) {
    const value: unknown = Reflect.get(params, name);
    if (value !== undefined && value !== "false") throw problems.notEmulated(name);
  }
  if (params.speech_model === "whisper-rt") throw problems.notEmulated("whisper-rt");
  const { encoding } = params;
  if (encoding !== "pcm_s16le" && encoding !== "pcm_mulaw") throw problems.notEmulated(`the encoding ${encoding}`);
  if (params.sample_rate === undefined) throw refusals.invalidParameter("sample_rate is required");
  // What is spoken here is known at 8 kHz alone: any other rate would be unknown sound.
  if (params.sample_rate !== 8000) throw problems.notEmulated(`a sample_rate of ${params.sample_rate}`);
  const model = REDIRECTED[params.speech_model] ?? params.speech_model;
  return { ...params, encoding, model, isPro: !model.startsWith("universal-streaming") };
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return "they could not be read";
  if (issue.code === "unrecognized_keys") return `unknown parameter ${issue.keys.join(", ")}`;
  const name = issue.path.map(String).join(".");
  return `${name}: ${issue.message}`;
}
