import { EarwitnessError, type ErrorCode } from "@earwitness/shared";

const WORDS: Partial<Record<ErrorCode, string>> = {
  timeout: "It took longer than it may.",
  unavailable: "What it needs did not answer.",
};

/**
 * An error of work for all workspaces, such as a scheduled one's, in words for everybody who looks after one: its own may hold what
 * another asked for, a vendor's answer, a statement. Those are in the log. Of several at once, each kind once.
 */
export function failureForEverybody(error: unknown): EarwitnessError {
  const causes = causesOf(error);
  const [first] = causes;
  const code = first instanceof EarwitnessError ? first.code : "internal";
  return new EarwitnessError(code, [...new Set(causes.map(wordsOf))].join(" "), { cause: error });
}

function causesOf(error: unknown): unknown[] {
  if (!(error instanceof AggregateError) || error.errors.length === 0) return [error];
  return error.errors.flatMap(causesOf);
}

function wordsOf(error: unknown): string {
  const code = error instanceof EarwitnessError ? error.code : "internal";
  const vendor = error instanceof EarwitnessError ? error.vendorAnswer : undefined;
  if (vendor === undefined) return `${WORDS[code] ?? "Something went wrong on our side."} (${code})`;
  return vendor.status === null
    ? `${vendor.vendor} did not answer. (${code})`
    : `${vendor.vendor} answered with the status ${vendor.status}. (${code})`;
}
