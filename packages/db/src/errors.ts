import { EarwitnessError } from "@earwitness/shared";
import { DrizzleQueryError } from "drizzle-orm";

/**
 * SQLSTATE classes of a database that is away, full or stopping, as opposed to a statement that is wrong:
 * 08 connection, 53 resources, 57P shutdown, 58 system. 40 (serialization, deadlock) goes better the next time as well.
 * https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const AWAY = /^(08|53|57P|58|40)/;
/** What the socket says before Postgres can say anything, and what pg and Hyperdrive say of a connection that broke. */
const BROKEN =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|connection terminated|timeout exceeded when trying to connect|not queryable|stream was cancelled|query read timeout|network connection lost|proxy request failed|failed to acquire a connection|connection attempt failed|connection closed/i;

/** Tells whether the database was not there to answer, as opposed to having refused. */
export function isAway(error: unknown): boolean {
  // Drizzle's own message holds the statement's values, and they may say anything.
  const causes = causesOf(error).filter((cause) => !(cause instanceof DrizzleQueryError));
  return causes.some((cause) => {
    const code = codeOf(cause);
    return AWAY.test(code) || BROKEN.test(code) || BROKEN.test(cause.message);
  });
}

/** `unavailable` (retryable) for a database that does not answer; every other error as it is, without a statement's values. */
export function databaseError(error: unknown): unknown {
  if (error instanceof EarwitnessError) return error;
  if (!isAway(error)) return withoutValues(error);
  return new EarwitnessError("unavailable", "The database does not answer. Nothing was changed; try again shortly.", {
    cause: withoutValues(error),
  });
}

/** Drizzle's message repeats the statement's values, which are people's data and belong into no log. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  return new Error(`${error.cause?.message ?? "It failed"}, in: ${error.query}`, { cause: error.cause });
}

/** Tells whether the statement took longer than its transaction gave it. */
export function isOverTime(error: unknown): boolean {
  return causesOf(error).some((cause) => codeOf(cause) === "57014");
}

/** The error and what it wraps: drizzle puts the statement around what pg says. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && !causes.includes(cause); cause = cause.cause) causes.push(cause);
  return causes;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
