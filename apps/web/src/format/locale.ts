/**
 * The locale that dates and numbers are written in: the person's own kind of English where they have one, since the words
 * around them are English; British otherwise, for its unambiguous dates. A browser under a POSIX locale names
 * `en-US@posix`, which is no language tag and which Intl refuses: such a one is passed by.
 */
export function displayLocale(languages: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return languages.find((tag) => /^en(-[a-z0-9]{1,8})*$/i.test(tag)) ?? "en-GB";
}
