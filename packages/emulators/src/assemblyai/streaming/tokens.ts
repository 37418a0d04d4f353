import { randomBytes } from "node:crypto";
import { z } from "zod";
import { keepNewest } from "../../keep-newest.ts";
import { problems } from "../problem.ts";
import { refusals } from "./refusal.ts";

/** Tokens that are remembered while nobody uses them. */
const KEPT = 10_000;
/** The vendor's longest session: three hours. */
const LONGEST_SESSION_SECS = 10_800;

const whole = z.string().regex(/^\d+$/).transform(Number);

const TokenQuery = z.strictObject({
  expires_in_seconds: whole.pipe(z.int().min(1).max(600)),
  max_session_duration_seconds: whole.pipe(z.int().min(60).max(LONGEST_SESSION_SECS)).default(LONGEST_SESSION_SECS),
});

interface Token {
  readonly expiresAtMs: number;
  readonly maxSessionMs: number;
}

/** Temporary tokens: each opens one session, within its time. */
export class StreamTokens {
  readonly #tokens = new Map<string, Token>();

  /** Answers `GET /v3/token`. Throws `AssemblyAiProblem` 400. */
  issue(query: URLSearchParams): { token: string; expires_in_seconds: number } {
    const parsed = TokenQuery.safeParse(Object.fromEntries(query));
    if (!parsed.success) throw problems.badRequest(z.prettifyError(parsed.error));
    const { expires_in_seconds, max_session_duration_seconds } = parsed.data;
    const token = randomBytes(24).toString("base64url");
    const expiresAtMs = Date.now() + expires_in_seconds * 1000;
    this.#tokens.set(token, { expiresAtMs, maxSessionMs: max_session_duration_seconds * 1000 });
    keepNewest(this.#tokens, KEPT);
    return { token, expires_in_seconds };
  }

  /** Uses a token up and returns how long its session may last. Throws `StreamRefusal` 1008. */
  redeem(token: string): { maxSessionMs: number } {
    const kept = this.#tokens.get(token);
    this.#tokens.delete(token);
    if (kept === undefined) throw refusals.unauthorized("Invalid token");
    if (kept.expiresAtMs < Date.now()) throw refusals.unauthorized("Token expired");
    return { maxSessionMs: kept.maxSessionMs };
  }
}
