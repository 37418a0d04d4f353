import type { Transcriber, TranscriptionRequest } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import type { z } from "zod";
import { requestVendor, vendorAnswerOf, vendorError } from "../../http/index.ts";
import { capabilities, languageCodeOf } from "./capabilities.ts";
import { outcomeOf } from "./mapping.ts";
import { WireError, WireList, WireSubmitted, WireTranscript } from "./wire.ts";

export interface AssemblyAiSettings {
  /** Without path: `https://api.assemblyai.com`, or the EU host. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Comes back in the header `x-earwitness-secret` of each notice; there is no other proof of its origin. */
  readonly callbackSecret: string;
}

/** The header of a notice that carries `callbackSecret`. */
export const CALLBACK_SECRET_HEADER = "x-earwitness-secret";

const TIME_LIMIT_MS = 30_000;
/** A transcript of ten hours, the longest that the vendor makes, with words listed twice. */
const MAX_TRANSCRIPT_BYTES = 64 * 1024 * 1024;
/** The most that the vendor lists at once. */
const SUBMISSIONS_PER_PAGE = 200;
/** What was submitted just after `since` by our clock may be from before it by the vendor's. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** AssemblyAI's pre-recorded API, version 2. The key goes into `Authorization` raw: it refuses `Bearer`. */
export function createAssemblyAi(settings: AssemblyAiSettings): Transcriber {
  const call = async <S extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    answer: S,
    json?: unknown,
  ): Promise<z.infer<S>> => {
    const outcome = await requestVendor({
      method,
      url: `${settings.baseUrl}${path}`,
      headers: { authorization: settings.apiKey },
      timeLimitMs: TIME_LIMIT_MS,
      maxAnswerBytes: MAX_TRANSCRIPT_BYTES,
      ...(json === undefined ? {} : { json }),
    });
    if (outcome.kind !== "ok") {
      const said = WireError.safeParse(outcome.body);
      throw vendorError("AssemblyAI", outcome, said.success ? said.data.error : null);
    }
    const parsed = answer.safeParse(outcome.body);
    if (parsed.success) return parsed.data;
    throw new EarwitnessError(
      "vendor_failed",
      `AssemblyAI answered ${path.split("?")[0]} in a form that we do not know.`,
      { vendorAnswer: vendorAnswerOf("AssemblyAI", outcome), cause: parsed.error },
    );
  };

  return {
    name: "assemblyai",
    capabilities,

    async submit(request) {
      const { id } = await call(
        "POST",
        "/v2/transcript",
        WireSubmitted,
        parametersOf(request, settings.callbackSecret),
      );
      return { vendorTranscriptionId: id };
    },

    async findSubmission(audioUrl, since) {
      const wanted = new URL(audioUrl).pathname;
      const from = since.getTime() - CLOCKS_DIFFER_MS;
      let page = `/v2/transcript?limit=${SUBMISSIONS_PER_PAGE}`;
      for (;;) {
        const { transcripts } = await call("GET", page, WireList);
        for (const { id, status, audio_url, created } of transcripts) {
          if (instantOf(created) < from) return null;
          if (status !== "error" && audio_url != null && pathnameOf(audio_url) === wanted) {
            return { vendorTranscriptionId: id };
          }
        }
        const oldest = transcripts.at(-1);
        if (oldest === undefined) return null;
        page = `/v2/transcript?limit=${SUBMISSIONS_PER_PAGE}&before_id=${encodeURIComponent(oldest.id)}`;
      }
    },

    async fetch(vendorTranscriptionId) {
      const path = `/v2/transcript/${encodeURIComponent(vendorTranscriptionId)}`;
      return outcomeOf(await call("GET", path, WireTranscript));
    },

    async check() {
      await call("GET", "/v2/transcript?limit=1", WireList);
      return { message: "Listed the newest transcript. The key is accepted." };
    },
  };
}

function pathnameOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).pathname : null;
}

/** The vendor writes UTC without saying so. */
function instantOf(created: string): number {
  return Date.parse(created.endsWith("Z") ? created : `${created}Z`);
}

/** Throws `unprocessable` for a language that the vendor cannot transcribe: it would only fail later and say less. */
function parametersOf(request: TranscriptionRequest, secret: string): Record<string, unknown> {
  const language = request.language === null ? null : languageCodeOf(request.language);
  if (request.language !== null && language === null) {
    throw new EarwitnessError("unprocessable", `AssemblyAI does not transcribe the language "${request.language}".`);
  }
  return {
    audio_url: request.audioUrl,
    // Named both, because what an absent field means has changed before.
    speech_models: ["universal-3-5-pro", "universal-2"],
    ...(language === null ? { language_detection: true } : { language_code: language }),
    // One channel a party tells speakers apart for certain; a single channel needs the vendor's ear.
    ...(request.channels > 1 ? { multichannel: true } : { speaker_labels: true }),
    ...(request.keyTerms.length > 0 ? { keyterms_prompt: request.keyTerms } : {}),
    webhook_url: request.callbackUrl,
    webhook_auth_header_name: CALLBACK_SECRET_HEADER,
    webhook_auth_header_value: secret,
  };
}
