import { EarwitnessError } from "@earwitness/shared";

/** A BCP 47 tag in its canonical form. Throws `invalid_request` at `#/language` for what is none. */
export function canonicalLanguage(tag: string): string {
  const canonical = languageTag(tag);
  if (canonical !== null) return canonical;
  throw new EarwitnessError("invalid_request", "The language is not known: see errors.", {
    fields: [NOT_A_LANGUAGE],
  });
}

/** What is said of a field "language" that holds none. */
export const NOT_A_LANGUAGE = {
  pointer: "#/language",
  detail: "must be a BCP 47 language tag, such as en or de-AT",
} as const;

/** A BCP 47 tag in its canonical form; null for what is none. */
export function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
