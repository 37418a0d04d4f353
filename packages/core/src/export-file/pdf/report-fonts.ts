import { graphemesOf } from "../graphemes.ts";
import { type FontName, type FontShelf, SHELF } from "./font-shelf.ts";
import { HarfBuzz } from "./harfbuzz.ts";
import { ReportFont } from "./report-font.ts";

/** What stands for a letter that none of the fonts has. */
const UNPRINTABLE = "\ufffd";
/** What belongs to no script: digits, stops, spaces, marks. */
const NOBODYS = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;
const LETTER = /\p{L}/u;
const CONTROL = /[\p{Cc}\p{Cs}]/gu;

/** The fonts that a text needs, each letter written by the first that has it. */
export class ReportFonts {
  /** Characters that none of the fonts has, of what was asked for until now. */
  readonly unprintable = new Set<string>();
  readonly all: readonly ReportFont[];
  /** The one of every report. */
  private readonly sans: ReportFont;
  private readonly fontsOfLetters = new Map<string, ReportFont | null>();

  private constructor(sans: ReportFont, others: readonly ReportFont[]) {
    this.sans = sans;
    this.all = [sans, ...others];
  }

  /** Opens what is needed for `text`, and no more: a font may have megabytes. */
  static async open(shelf: FontShelf, text: string): Promise<ReportFonts> {
    const harfbuzz = await HarfBuzz.start(shelf.harfbuzz);
    const open = async (name: FontName) => new ReportFont(name, await shelf.load(name), harfbuzz);
    const sans = await open("sans");
    const others: ReportFont[] = [];
    let missing = [...new Set(graphemesOf(text))].filter((letter) => !sans.has(letter));
    for (const [name, openedFor] of SHELF) {
      if (others.some((font) => font.name === name) || !missing.some((letter) => openedFor.test(letter))) continue;
      const font = await open(name);
      others.push(font);
      missing = missing.filter((letter) => !font.has(letter));
    }
    return new ReportFonts(sans, others);
  }

  /**
   * The text as it can be printed: control characters are spaces, a letter that no font has is the plain form that Unicode knows of
   * it (`𝐀` is A); of what has none, each character that is nowhere is the sign for that.
   */
  printable(text: string): string {
    const letters = graphemesOf(text.replaceAll(CONTROL, " "));
    return letters.map((letter) => (this.fontOf(letter) === null ? this.insteadOf(letter) : letter)).join("");
  }

  /** A stretch in pieces that one font writes. Spaces and the like stay with the letters that they follow, and are shaped with them. */
  byFont(text: string): { readonly font: ReportFont; readonly text: string }[] {
    const pieces: { font: ReportFont; text: string; hasLetter: boolean }[] = [];
    for (const letter of this.parted(text)) {
      const last = pieces.at(-1);
      const staysWithLast = last?.hasLetter === true && NOBODYS.test(letter) && last.font.has(letter);
      const font = staysWithLast ? last.font : (this.fontOf(letter) ?? this.sans);
      if (last?.font === font) {
        last.text += letter;
        last.hasLetter ||= LETTER.test(letter);
      } else pieces.push({ font, text: letter, hasLetter: LETTER.test(letter) });
    }
    return pieces;
  }

  /** Letters with their marks; a letter and a mark that no one font has both of are two. */
  private parted(text: string): string[] {
    return graphemesOf(text).flatMap((letter) => (this.fontOf(letter) === null ? Array.from(letter) : [letter]));
  }

  private insteadOf(letter: string): string {
    const plain = letter.normalize("NFKC");
    if (graphemesOf(plain).every((each) => this.fontOf(each) !== null)) return plain;
    const characters = Array.from(letter, (character) => {
      if (this.fontOf(character) !== null) return character;
      this.unprintable.add(character);
      return UNPRINTABLE;
    });
    return characters.join("");
  }

  private fontOf(letter: string): ReportFont | null {
    const known = this.fontsOfLetters.get(letter);
    if (known !== undefined) return known;
    const found = this.all.find((font) => font.has(letter)) ?? null;
    this.fontsOfLetters.set(letter, found);
    return found;
  }
}
