import { base64Of } from "@earwitness/shared";
import type { Mailbox } from "./address.ts";

/** A line with an encoded word is at most 76 characters (RFC 2047 2): base64 of 39 bytes, its frame, and the header's name. */
const WORD_BYTES = 39;
/** What stays on one line with the longest of our header names before it. */
const MAX_PLAIN = 60;

/**
 * A text as a header's value: as it is where it is short and plain, else in encoded words on lines of their own. A control
 * character (a line break before all) becomes a space: whatever the text is, it is one header.
 */
export function headerText(text: string): string {
  const clean = text.replaceAll(/\p{Cc}+/gu, " ").trim();
  const isPlain = /^[\x20-\x7e]*$/.test(clean) && clean.length <= MAX_PLAIN && !clean.includes("=?");
  return isPlain ? clean : encodedWords(clean);
}

/** A mailbox as a header's value. */
export function headerMailbox({ name, address }: Mailbox): string {
  if (name === null) return `<${address}>`;
  const text = headerText(name);
  const phrase = text.startsWith("=?") ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  return `${phrase} <${address}>`;
}

/** Chunks end between characters, because each word is decoded by itself. */
function encodedWords(text: string): string {
  const encoder = new TextEncoder();
  const chunks: string[] = [""];
  for (const character of text) {
    const last = chunks.at(-1) ?? "";
    if (encoder.encode(last + character).length <= WORD_BYTES) chunks[chunks.length - 1] = last + character;
    else chunks.push(character);
  }
  return chunks.map((chunk) => `=?utf-8?B?${base64Of(encoder.encode(chunk))}?=`).join("\r\n ");
}
