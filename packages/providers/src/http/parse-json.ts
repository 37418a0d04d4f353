/** Escapes that may stand for what no text of Postgres can hold: U+0000, and one half of a surrogate pair. */
const SUSPECT_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/**
 * What a vendor's text says as JSON; null where it is none. U+0000 and lone halves of surrogate pairs, which JSON can escape and
 * the record cannot hold, become U+FFFD: a name with a broken character in it must not keep a call out of the record.
 */
export function parseJson(text: string): unknown {
  try {
    return SUSPECT_ESCAPE.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch {
    return null;
  }
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\ufffd") : value;
}
