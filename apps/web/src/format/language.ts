import { displayLocale } from "./locale.ts";

/** A language's name in the person's own: `Spanish` for `es`; its tag where nobody knows a name. */
export function languageName(tag: string, locale = displayLocale()): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
}

/** Several of them in a sentence: `English and Spanish`. */
export function languageNames(tags: readonly string[], locale = displayLocale()): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(tags.map((tag) => languageName(tag, locale)));
}
