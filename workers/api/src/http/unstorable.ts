/** What a text must not hold, as the answer says it. */
export const UNSTORABLE = "must not hold the character U+0000 or half of a surrogate pair";

/**
 * The paths of the texts within `value` that no text of Postgres can be: it refuses U+0000, and UTF-8 has no half of a surrogate
 * pair. Everything else, in any script, is somebody's text. As deep as the value goes, so ask about what a schema let through.
 */
export function unstorableTexts(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? [[...path]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => unstorableTexts(member, [...path, name]));
}
