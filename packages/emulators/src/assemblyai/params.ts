import { z } from "zod";
import { isLanguage, PRO_MODEL, WIDE_MODEL } from "./languages.ts";
import { problems } from "./problem.ts";

const MAX_KEYTERMS = 1000;
const MAX_KEYTERM_WORDS = 6;
const MAX_PROMPT_WORDS = 1500;

const bool = z.boolean().nullish();
const text = z.string().nullish();
const share = z.number().min(0).max(1).nullish();
const language = z.string().refine(isLanguage, { error: (issue) => `Invalid value for language_code: ${issue.input}` });
const anything = z.unknown().optional();

const wordsOf = (said: string) => said.trim().split(/\s+/).length;

/** What the vendor does and this stand-in does not: setting one is refused, not ignored. */
const UNEMULATED = {
  auto_chapters: anything,
  auto_highlights: anything,
  content_safety: anything,
  content_safety_confidence: anything,
  custom_spelling: anything,
  entity_detection: anything,
  iab_categories: anything,
  language_codes: anything,
  redact_pii: anything,
  redact_pii_audio: anything,
  redact_pii_audio_options: anything,
  redact_pii_audio_quality: anything,
  redact_pii_policies: anything,
  redact_pii_return_unredacted: anything,
  redact_pii_sub: anything,
  sentiment_analysis: anything,
  speech_threshold: anything,
  speech_understanding: anything,
  summarization: anything,
  summary_model: anything,
  summary_type: anything,
};

const DetectionOptions = z.strictObject({
  expected_languages: z.array(z.string()).nullish(),
  fallback_language: text,
  code_switching: bool,
  code_switching_confidence_threshold: share,
  on_no_speech_detected: z.enum(["error", "fallback"]).nullish(),
  localization: z.array(z.string()).nullish(),
  on_low_language_confidence: text,
  swiss_german: bool,
  language_detection_model: text,
});

const TranscriptParams = z.strictObject({
  ...UNEMULATED,
  audio_url: z.string().min(1),
  speech_models: z.array(z.string()).min(1).nullish(),
  speech_model: text,
  language_code: language.nullish(),
  language_detection: bool,
  language_confidence_threshold: share,
  language_detection_options: DetectionOptions.nullish(),
  punctuate: bool,
  format_text: bool,
  disfluencies: bool,
  filter_profanity: bool,
  audio_start_from: z.int().min(0).nullish(),
  audio_end_at: z.int().min(0).nullish(),
  keyterms_prompt: z
    .array(
      z.string().refine((term) => wordsOf(term) <= MAX_KEYTERM_WORDS, "keyterms_prompt: a term has at most 6 words"),
    )
    .max(MAX_KEYTERMS)
    .nullish(),
  keyterms_prompt_options: z
    .strictObject({ keyterms_match_strength: z.enum(["high", "standard"]).nullish() })
    .nullish(),
  prompt: z
    .string()
    .refine((said) => wordsOf(said) <= MAX_PROMPT_WORDS, "prompt: it has at most 1500 words")
    .nullish(),
  temperature: share,
  remove_audio_tags: z.enum(["all"]).nullish(),
  domain: text,
  speaker_labels: bool,
  speakers_expected: z.int().min(1).nullish(),
  speaker_options: z
    .strictObject({ min_speakers_expected: z.int().nullish(), max_speakers_expected: z.int().nullish() })
    .nullish(),
  multichannel: bool,
  dual_channel: bool,
  webhook_url: z.url().nullish(),
  webhook_auth_header_name: text,
  webhook_auth_header_value: text,
  // Accepted by the vendor without effect.
  topics: anything,
  custom_topics: anything,
  speed_boost: anything,
});

export type TranscriptParams = z.infer<typeof TranscriptParams>;

/** Checks the body of `POST /v2/transcript` as the vendor does. Throws `AssemblyAiProblem` 400, or 501 for what is not emulated. */
export function parseParams(body: unknown): TranscriptParams {
  const parsed = TranscriptParams.safeParse(body);
  if (!parsed.success) throw problems.badRequest(explain(parsed.error.issues[0], body));
  const params = parsed.data;
  for (const name of Object.keys(UNEMULATED)) {
    const value: unknown = Reflect.get(params, name);
    if (value !== undefined && value !== null && value !== false) throw problems.notEmulated(name);
  }
  checkModels(params);
  if (params.prompt && params.keyterms_prompt?.length) {
    throw problems.badRequest("prompt and keyterms_prompt cannot be used together");
  }
  if (((params.webhook_auth_header_name ?? null) === null) !== ((params.webhook_auth_header_value ?? null) === null)) {
    throw problems.badRequest("webhook_auth_header_name and webhook_auth_header_value must be set together");
  }
  return params;
}

function checkModels(params: TranscriptParams): void {
  for (const model of params.speech_models ?? []) {
    if (model === "universal" || model === PRO_MODEL || model === WIDE_MODEL) continue;
    throw problems.badRequest(`Invalid value for speech_models: ${model}`);
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: "an Array",
  boolean: "a Boolean",
  int: "an Integer",
  number: "a Number",
  object: "an Object",
  string: "a String",
};

function explain(issue: z.core.$ZodIssue | undefined, body: unknown): string {
  if (issue === undefined || issue.code === "unrecognized_keys" || issue.path.length === 0)
    return problems.badSchema().message;
  const name = issue.path.map(String).join(".");
  const isMissing = issue.path.length === 1 && typeof body === "object" && body !== null && !(name in body);
  if (isMissing) return `Missing required field: ${name}`;
  if (issue.code === "invalid_type") return `${name} must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  return issue.message.includes(name) ? issue.message : `Invalid value for ${name}: ${issue.message}`;
}
