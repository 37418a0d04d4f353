import { type CompleteUpload, EarwitnessError } from "@earwitness/shared";
import parsePhoneNumber from "libphonenumber-js/min";
import { languageTag, NOT_A_LANGUAGE } from "../workspace/canonical-language.ts";

type SaidOfCall = Extract<CompleteUpload, { kind: "recording" }>;

/** Clocks differ; what began later than this has not begun. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** Nobody's recording of a telephone call is older than the tape recorder; an earlier year is a mistake in a date. */
const EARLIEST = new Date("1900-01-01T00:00:00Z");

/**
 * What was said of a call that was made elsewhere, in one form: numbers in E.164, the language as a canonical BCP 47 tag. Throws
 * `invalid_request` that points at everything that cannot be.
 */
export function soundCallOf(said: SaidOfCall, now: Date): Pick<SaidOfCall, "from" | "to" | "startedAt" | "language"> {
  const from = e164Of(said.from);
  const to = e164Of(said.to);
  const startedAt = new Date(said.startedAt);
  const language = said.language === null ? null : languageTag(said.language);
  const isLanguage = said.language === null || language !== null;
  const isInTime = startedAt >= EARLIEST && startedAt.getTime() <= now.getTime() + CLOCK_TOLERANCE_MS;
  const fields = [
    ...(from === null ? [{ pointer: "#/from", detail: PHONE }] : []),
    ...(to === null ? [{ pointer: "#/to", detail: PHONE }] : []),
    ...(isInTime
      ? []
      : [{ pointer: "#/startedAt", detail: "must be when the call began, not before 1900 and not ahead" }]),
    ...(isLanguage ? [] : [NOT_A_LANGUAGE]),
  ];
  if (from === null || to === null || fields.length > 0) {
    throw new EarwitnessError("invalid_request", "The call cannot have been like this: see errors.", { fields });
  }
  return { from, to, startedAt: startedAt.toISOString(), language };
}

const PHONE = "must be a phone number in international form: + and country code";

function e164Of(text: string): string | null {
  const parsed = parsePhoneNumber(text);
  return parsed?.isPossible() ? parsed.number : null;
}
