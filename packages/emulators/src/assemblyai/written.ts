import type { HeardWord } from "../speech/recogniser.ts";

/** How words are to be written; what is not said is done. */
export interface Style {
  readonly punctuate?: boolean | null | undefined;
  /** Case, as far as this stand-in goes. */
  readonly format_text?: boolean | null | undefined;
}

/** The words are taught with their punctuation and case; what the request does not want is taken off. */
export function written({ text, language }: Pick<HeardWord, "text" | "language">, style: Style): string {
  if (language === null) return text;
  const marked = style.punctuate === false ? text.replace(/[.,!?;:¿¡…"]/g, "") : text;
  return style.format_text === false ? marked.toLowerCase() : marked;
}
