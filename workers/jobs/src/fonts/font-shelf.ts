/// <reference path="./modules.d.ts" />
import type { FontName, FontShelf } from "@earwitness/core/export-file";
import arabic from "@earwitness/core/fonts/noto-arabic.ttf";
import armenian from "@earwitness/core/fonts/noto-armenian.ttf";
import bengali from "@earwitness/core/fonts/noto-bengali.ttf";
import devanagari from "@earwitness/core/fonts/noto-devanagari.ttf";
import emoji from "@earwitness/core/fonts/noto-emoji.ttf";
import ethiopic from "@earwitness/core/fonts/noto-ethiopic.ttf";
import georgian from "@earwitness/core/fonts/noto-georgian.ttf";
import gujarati from "@earwitness/core/fonts/noto-gujarati.ttf";
import gurmukhi from "@earwitness/core/fonts/noto-gurmukhi.ttf";
import hebrew from "@earwitness/core/fonts/noto-hebrew.ttf";
import jp from "@earwitness/core/fonts/noto-jp.ttf";
import kannada from "@earwitness/core/fonts/noto-kannada.ttf";
import khmer from "@earwitness/core/fonts/noto-khmer.ttf";
import kr from "@earwitness/core/fonts/noto-kr.ttf";
import lao from "@earwitness/core/fonts/noto-lao.ttf";
import malayalam from "@earwitness/core/fonts/noto-malayalam.ttf";
import math from "@earwitness/core/fonts/noto-math.ttf";
import myanmar from "@earwitness/core/fonts/noto-myanmar.ttf";
import oriya from "@earwitness/core/fonts/noto-oriya.ttf";
import sans from "@earwitness/core/fonts/noto-sans.ttf";
import sc from "@earwitness/core/fonts/noto-sc.ttf";
import sinhala from "@earwitness/core/fonts/noto-sinhala.ttf";
import symbols from "@earwitness/core/fonts/noto-symbols.ttf";
import symbols2 from "@earwitness/core/fonts/noto-symbols-2.ttf";
import tamil from "@earwitness/core/fonts/noto-tamil.ttf";
import tc from "@earwitness/core/fonts/noto-tc.ttf";
import telugu from "@earwitness/core/fonts/noto-telugu.ttf";
import thai from "@earwitness/core/fonts/noto-thai.ttf";
import tibetan from "@earwitness/core/fonts/noto-tibetan.ttf";
import harfbuzz from "harfbuzzjs/dist/harfbuzz.wasm";

const FILES: Readonly<Record<FontName, ArrayBuffer>> = {
  arabic,
  armenian,
  bengali,
  devanagari,
  emoji,
  ethiopic,
  georgian,
  gujarati,
  gurmukhi,
  hebrew,
  jp,
  kannada,
  khmer,
  kr,
  lao,
  malayalam,
  math,
  myanmar,
  oriya,
  sans,
  sc,
  sinhala,
  symbols,
  "symbols-2": symbols2,
  tamil,
  tc,
  telugu,
  thai,
  tibetan,
};

/** The fonts as they come with the worker. */
export const fontShelf: FontShelf = {
  load: async (name) => new Uint8Array(FILES[name]),
  harfbuzz,
};
