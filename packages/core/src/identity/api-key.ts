import { newSecret, sha256Hex } from "./secret.ts";

/** What every key begins with, so that people and secret scanners know one when they see it. */
const PREFIX = "ew_";
/** How much of a key is kept readable: enough to tell keys apart, useless for guessing the rest. */
const SHOWN_CHARACTERS = PREFIX.length + 6;
const KEY = /^ew_[0-9a-f]{64}$/;

/** A key just made: `key` is shown once, the other two are kept. */
export interface MintedApiKey {
  readonly key: string;
  readonly prefix: string;
  readonly keySha256: string;
}

export async function mintApiKey(): Promise<MintedApiKey> {
  const key = PREFIX + newSecret();
  return { key, prefix: key.slice(0, SHOWN_CHARACTERS), keySha256: await sha256Hex(key) };
}

/** Tells whether `text` could be a key at all: what cannot is refused before the database is asked. */
export function looksLikeApiKey(text: string): boolean {
  return KEY.test(text);
}
