/// <reference path="./linebreak.d.ts" />
import LineBreaker from "linebreak";
import { graphemesOf } from "../graphemes.ts";
import { dictionaryWords } from "./dictionary-words.ts";

/**
 * A paragraph in lines that are no wider than `maxWidth`, broken where its language allows it (UAX 14; by dictionaries where words
 * stand without spaces); a word that is too wide by itself is cut. `widthOf` measures a piece, in the unit of `maxWidth`. Each is
 * measured once, by itself: on a line they are together about as wide, but for letters that move closer to each other.
 */
export function brokenLines(paragraph: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  const end = () => {
    lines.push(line.trimEnd());
    line = "";
    width = 0;
  };
  for (const { piece, isEnd } of piecesOf(paragraph)) {
    if (line !== "" && width + widthOf(piece.trimEnd()) > maxWidth) end();
    for (const part of fitting(piece, maxWidth, widthOf)) {
      if (line !== "" && width + widthOf(part.trimEnd()) > maxWidth) end();
      line += part;
      width += widthOf(part);
    }
    if (isEnd) end();
  }
  if (line !== "" || lines.length === 0) end();
  return lines;
}

/** What stands between two places at which a line may end. */
function* piecesOf(paragraph: string): Generator<{ piece: string; isEnd: boolean }> {
  const breaker = new LineBreaker(paragraph);
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const parts = dictionaryWords(paragraph.slice(from, next.position));
    const last = parts.pop() ?? "";
    for (const part of parts) yield { piece: part, isEnd: false };
    yield { piece: last, isEnd: next.required };
    from = next.position;
  }
}

/** A piece as it is, or where it is too wide for a line, in parts that are not; one letter at least, or nothing would get written. */
function fitting(piece: string, maxWidth: number, widthOf: (text: string) => number): string[] {
  if (widthOf(piece.trimEnd()) <= maxWidth) return [piece];
  const parts: string[] = [];
  let part = "";
  for (const letter of graphemesOf(piece)) {
    if (part !== "" && widthOf((part + letter).trimEnd()) > maxWidth) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}
