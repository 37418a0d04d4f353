import { base64Of } from "@earwitness/shared";

/** Control characters that no JSON text has as they are. Postgres refuses the first of them in every text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/**
 * A body as text that gives the same bytes again: UTF-8 as it is, anything else as `base64:` and its base64. A vendor's
 * notice is JSON, so the latter only ever holds what could not be read anyway.
 */
export function textOf(body: Uint8Array): string {
  const text = decoded(body);
  if (text !== null && !CONTROL.test(text)) return text;
  return `base64:${base64Of(body)}`;
}

/** null for what is no UTF-8. */
function decoded(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
