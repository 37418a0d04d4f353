import { displayLocale } from "../../format/locale.ts";

/** Languages that the transcriber knows by name (AssemblyAI, pre-recorded audio); it can also tell them apart by itself. */
const LANGUAGES = [
  "en",
  "es",
  "fr",
  "de",
  "it",
  "pt",
  "nl",
  "hi",
  "ja",
  "zh",
  "fi",
  "ko",
  "pl",
  "ru",
  "tr",
  "uk",
  "vi",
];

/** The languages to choose from, by name; `current` is among them even when it is none of the usual ones. */
export function languageChoices(current: string): { tag: string; name: string }[] {
  const names = new Intl.DisplayNames(displayLocale(), { type: "language" });
  const tags = current === "" || LANGUAGES.includes(current) ? LANGUAGES : [current, ...LANGUAGES];
  const named = tags.map((tag) => ({ tag, name: names.of(tag) ?? tag })).sort((a, b) => a.name.localeCompare(b.name));
  return [{ tag: "", name: "Let the transcriber tell" }, ...named];
}
