/**
 * A voice for each language that Telnyx's `speak` takes. Amazon Polly's, because its range covers all of them; neural
 * where there is one. Sources: Telnyx's list of `language`, Amazon Polly's list of voices.
 */
const VOICES = {
  "en-US": "Joanna-Neural",
  "en-GB": "Amy-Neural",
  "en-AU": "Olivia-Neural",
  "en-IN": "Kajal-Neural",
  "en-GB-WLS": "Geraint",
  "de-DE": "Vicki-Neural",
  "es-ES": "Lucia-Neural",
  "es-MX": "Mia-Neural",
  "es-US": "Lupe-Neural",
  "fr-FR": "Lea-Neural",
  "fr-CA": "Gabrielle-Neural",
  "it-IT": "Bianca-Neural",
  "pt-BR": "Camila-Neural",
  "pt-PT": "Ines-Neural",
  "nl-NL": "Laura-Neural",
  "pl-PL": "Ola-Neural",
  "sv-SE": "Elin-Neural",
  "nb-NO": "Ida-Neural",
  "da-DK": "Sofie-Neural",
  "is-IS": "Dora",
  "cy-GB": "Gwyneth",
  "ro-RO": "Carmen",
  "ru-RU": "Tatyana",
  "tr-TR": "Burcu-Neural",
  "hi-IN": "Kajal-Neural",
  "ja-JP": "Takumi-Neural",
  "ko-KR": "Seoyeon-Neural",
  "cmn-CN": "Zhiyu-Neural",
  arb: "Zeina",
} as const;

type SpokenLanguage = keyof typeof VOICES;
const LANGUAGES = new Map(Object.keys(VOICES).map((tag) => [tag.toLowerCase(), tag]));

/** BCP 47 primary subtags that Telnyx writes otherwise. */
const OTHER_NAMES: ReadonlyMap<string, SpokenLanguage> = new Map([
  ["zh", "cmn-CN"],
  ["ar", "arb"],
  ["no", "nb-NO"],
]);

/**
 * The voice for a text in `language` (BCP 47). A region that has no voice falls back to its language; a language that has
 * none, and an unknown one, to US English.
 */
export function voiceFor(language: string | null): { voice: string; language: SpokenLanguage } {
  const spoken = spokenLanguageOf(language);
  return { voice: `AWS.Polly.${VOICES[spoken]}`, language: spoken };
}

function spokenLanguageOf(language: string | null): SpokenLanguage {
  if (language === null) return "en-US";
  const tag = language.toLowerCase();
  const exact = LANGUAGES.get(tag);
  if (isSpoken(exact)) return exact;
  const primary = tag.split("-")[0] ?? tag;
  const renamed = OTHER_NAMES.get(primary);
  if (renamed !== undefined) return renamed;
  const sameLanguage = [...LANGUAGES].find(([known]) => known.split("-")[0] === primary)?.[1];
  return isSpoken(sameLanguage) ? sameLanguage : "en-US";
}

function isSpoken(tag: string | undefined): tag is SpokenLanguage {
  return tag !== undefined && tag in VOICES;
}
