/**
 * The locale that dates and numbers are written in: the person's own kind of English where they have one, since the words
 * around them are English; British otherwise, for its unambiguous dates.
 */
export function displayLocale(languages: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return languages.find((tag) => /^en(-|$)/i.test(tag)) ?? "en-GB";
}
