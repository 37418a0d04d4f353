/**
 * Primary subtags of the languages that the pre-recorded API transcribes: the two models that we ask for, in that order of
 * preference, cover these together (universal-3-5-pro some, universal-2 the rest).
 */
const LANGUAGES = new Set(
  (
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko " +
    "la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk " +
    "ur uz vi yi yo zh"
  ).split(" "),
);

/** Regional forms that the vendor names; every other region falls back to its language. */
const REGIONAL_CODES: Readonly<Record<string, string>> = {
  "en-us": "en_us",
  "en-gb": "en_uk",
  "en-au": "en_au",
  "de-ch": "de_ch",
};

export const capabilities = {
  maxChannels: 32,
  languages: LANGUAGES,
  /** Shorter audio ends in "Audio duration is too short." */
  minDurationMs: 160,
  callback: "webhook",
} as const;

/** The vendor's code for a BCP 47 tag; null for a language that it cannot transcribe. */
export function languageCodeOf(tag: string): string | null {
  const lower = tag.toLowerCase();
  const primary = lower.split("-")[0] ?? "";
  return REGIONAL_CODES[lower] ?? (LANGUAGES.has(primary) ? primary : null);
}

/** The BCP 47 tag for a code of the vendor's, such as `en_us`. */
export function languageTagOf(code: string): string {
  const [primary = "", region] = code.split("_");
  if (region === undefined) return primary;
  return `${primary}-${region === "uk" ? "GB" : region.toUpperCase()}`;
}
