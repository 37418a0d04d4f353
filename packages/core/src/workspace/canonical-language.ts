import { EarwitnessError } from "@earwitness/shared";

/** A BCP 47 tag in its canonical form. Throws `invalid_request` at `#/language` for what is none. */
export function canonicalLanguage(tag: string): string {
  const [canonical] = canonicalLocales(tag);
  if (canonical !== undefined) return canonical;
  throw new EarwitnessError("invalid_request", "The language is not known: see errors.", {
    fields: [{ pointer: "#/language", detail: "must be a BCP 47 language tag, such as en or de-AT" }],
  });
}

function canonicalLocales(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}
