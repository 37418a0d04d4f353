/** The package has no types of its own. */
declare module "linebreak" {
  /** Where a text may be broken, by the Unicode line breaking algorithm (UAX 14). */
  export default class LineBreaker {
    constructor(text: string);
    /** The next place; null after the last one, which is the text's end. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
