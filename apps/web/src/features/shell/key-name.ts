/** The key that begins a pair: `g c` goes to the calls. Alone it does nothing. */
const PAIR_KEY = "g";
/** The second key of a pair must come within this. */
const PAIR_MS = 1_000;

export interface PressedKey {
  key: string;
  at: number;
}

/**
 * The name by which a pressed key is bound: `j`, `?`, ` `, `ArrowLeft`, `Shift+ArrowLeft`, or a pair, `g c`. The second key of
 * a pair is never taken for itself. Shift is not named for characters, which it changes anyway.
 */
export function keyName(pressed: PressedKey & { shiftKey: boolean }, before: PressedKey | null): string {
  const { key, shiftKey, at } = pressed;
  if (before?.key === PAIR_KEY && at - before.at < PAIR_MS) return `${PAIR_KEY} ${key}`;
  return shiftKey && !isCharacter(key) ? `Shift+${key}` : key;
}

/** True for a letter, digit or sign. Space counts as a key of its own: it always plays and pauses. */
export function isCharacter(key: string): boolean {
  return [...key].length === 1 && key !== " ";
}
