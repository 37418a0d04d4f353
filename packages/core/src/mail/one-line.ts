/**
 * A text as a part of a mail's subject or heading: one line, however it was typed, because a line break ends a header; and no
 * longer than `most` characters.
 */
export function oneLine(text: string, most = 120): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join("")}…`;
}
