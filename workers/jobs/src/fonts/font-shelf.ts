/// <reference path="./ttf.d.ts" />
import type { FontName, FontShelf } from "@earwitness/core/export-file";
import arabic from "@earwitness/core/fonts/noto-sans-arabic.ttf";
import cyrillic from "@earwitness/core/fonts/noto-sans-cyrillic.ttf";
import cyrillicExt from "@earwitness/core/fonts/noto-sans-cyrillic-ext.ttf";
import devanagari from "@earwitness/core/fonts/noto-sans-devanagari.ttf";
import greek from "@earwitness/core/fonts/noto-sans-greek.ttf";
import greekExt from "@earwitness/core/fonts/noto-sans-greek-ext.ttf";
import hebrew from "@earwitness/core/fonts/noto-sans-hebrew.ttf";
import jp from "@earwitness/core/fonts/noto-sans-jp.ttf";
import kr from "@earwitness/core/fonts/noto-sans-kr.ttf";
import latin from "@earwitness/core/fonts/noto-sans-latin.ttf";
import latinExt from "@earwitness/core/fonts/noto-sans-latin-ext.ttf";
import sc from "@earwitness/core/fonts/noto-sans-sc.ttf";
import thai from "@earwitness/core/fonts/noto-sans-thai.ttf";
import vietnamese from "@earwitness/core/fonts/noto-sans-vietnamese.ttf";

const FILES: Readonly<Record<FontName, ArrayBuffer>> = {
  latin,
  "latin-ext": latinExt,
  vietnamese,
  cyrillic,
  "cyrillic-ext": cyrillicExt,
  greek,
  "greek-ext": greekExt,
  hebrew,
  arabic,
  devanagari,
  thai,
  jp,
  kr,
  sc,
};

/** The fonts as they come with the worker. */
export const fontShelf: FontShelf = {
  load: async (name) => new Uint8Array(FILES[name]),
};
