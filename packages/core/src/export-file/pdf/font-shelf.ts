/**
 * The fonts in the order in which they are asked for a letter, after the one that has Latin, Greek and Cyrillic, each with what it is
 * opened for where none before it has it. What is shaped by rules of its own has a font of its own: a stretch of one font is shaped by
 * the rules of one script. One code stands for the Chinese, the Japanese and the Korean form of a letter: where there are kana, the
 * text is Japanese. What simplified Chinese does not have is looked for in traditional Chinese, and in the others.
 */
export const SHELF = [
  ["georgian", /\p{Script=Georgian}/u],
  ["armenian", /\p{Script=Armenian}/u],
  ["hebrew", /\p{Script=Hebrew}/u],
  ["arabic", /\p{Script_Extensions=Arabic}/u],
  ["ethiopic", /\p{Script=Ethiopic}/u],
  ["bengali", /\p{Script=Bengali}/u],
  ["gurmukhi", /\p{Script=Gurmukhi}/u],
  ["gujarati", /\p{Script=Gujarati}/u],
  ["oriya", /\p{Script=Oriya}/u],
  ["tamil", /\p{Script=Tamil}/u],
  ["telugu", /\p{Script=Telugu}/u],
  ["kannada", /\p{Script=Kannada}/u],
  ["malayalam", /\p{Script=Malayalam}/u],
  ["sinhala", /\p{Script=Sinhala}/u],
  ["devanagari", /\p{Script_Extensions=Devanagari}/u],
  ["tibetan", /\p{Script=Tibetan}/u],
  ["thai", /\p{Script=Thai}/u],
  ["lao", /\p{Script=Lao}/u],
  ["khmer", /\p{Script=Khmer}/u],
  ["myanmar", /\p{Script=Myanmar}/u],
  ["jp", /\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ["kr", /\p{Script=Hangul}/u],
  ["sc", /\p{Script=Han}|\p{Script=Bopomofo}|[\u3000-\u303f\uff00-\uffef]/u],
  ["tc", /\p{Script=Han}/u],
  ["jp", /\p{Script=Han}/u],
  ["kr", /\p{Script=Han}/u],
  ["emoji", /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u20e3\u{1f3fb}-\u{1f3ff}]/u],
  ["math", /[\u2010-\u2bff]/u],
  ["symbols", /[\u2010-\u2bff]/u],
  ["symbols-2", /[\u2010-\u2bff]/u],
] as const satisfies readonly (readonly [name: string, openedFor: RegExp])[];

export type FontName = "sans" | (typeof SHELF)[number][0];

/** Where the fonts' files lie: Noto, one TrueType file a script. */
export interface FontShelf {
  load(name: FontName): Promise<Uint8Array>;
  /** `harfbuzz.wasm` of harfbuzzjs, which sets them. */
  readonly harfbuzz: WebAssembly.Module;
}
