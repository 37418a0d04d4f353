/** The fonts that a report may need, in the order in which they are asked for a letter. */
const SHELF = {
  latin: /[\s\S]/u,
  "latin-ext":
    /[\u0300-\u036f]|[\u0100-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2020\u20a0-\u20cf\u2113\u2c60-\u2c7f\ua720-\ua7ff]/u,
  vietnamese: /[\u0300-\u0329]|[\u0100-\u01b0\u1ea0-\u1ef9]/u,
  cyrillic: /\p{Script=Cyrillic}|\u2116/u,
  "cyrillic-ext": /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  "greek-ext": /\p{Script=Greek}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
  devanagari: /\p{Script=Devanagari}/u,
  thai: /\p{Script=Thai}/u,
  // One code stands for a Chinese and a Japanese form: where there are kana, the text is Japanese.
  jp: /\p{Script=Hiragana}|\p{Script=Katakana}/u,
  kr: /\p{Script=Hangul}/u,
  sc: /\p{Script=Han}|\p{Script=Bopomofo}|[\u3000-\u303f\uff00-\uffef]/u,
} as const;

export type FontName = keyof typeof SHELF;

/** Where the fonts' files lie: Noto Sans, one file a script. */
export interface FontShelf {
  load(name: FontName): Promise<Uint8Array>;
}

/** The fonts without which not all of the text can be written, in the order in which they are to be asked. */
export function fontsFor(text: string): FontName[] {
  return FONT_NAMES.filter((name) => SHELF[name].test(text));
}

const isFontName = (name: string): name is FontName => name in SHELF;
export const FONT_NAMES: readonly FontName[] = Object.keys(SHELF).filter(isFontName);
