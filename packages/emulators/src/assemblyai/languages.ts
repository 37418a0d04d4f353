/** Languages that `universal-2` transcribes; the vendor writes them in lower case with underscores. */
const LANGUAGES =
  "en es fr de it pt nl af sq am ar hy as az ba eu be bn bs br bg my ca zh hr cs da et fo fi gl ka el gu ht ha haw he hi hu is id ja jw kn kk km ko lo la lv ln lt lb mk mg ms ml mt mi mr mn ne no nn oc pa ps fa pl ro ru sa sr sn sd si sk sl so su sw sv tl tg ta tt te th bo tr tk uk ur uz vi cy yi yo";
const VARIANTS = ["en_us", "en_uk", "en_au", "de_ch"];

/** Languages of the default model; any other falls back to `universal-2`. */
const PRO_LANGUAGES = "en es fr de it pt nl sv no da fi pl tr hi ja zh ko vi";

const all = new Set([...LANGUAGES.split(" "), ...VARIANTS]);
const pro = new Set(PRO_LANGUAGES.split(" "));

export const PRO_MODEL = "universal-3-5-pro";
export const WIDE_MODEL = "universal-2";

/** Whether the vendor knows the language code at all. */
export function isLanguage(code: string): boolean {
  return all.has(code);
}

/** The model that transcribes a language. */
export function modelFor(language: string): string {
  return pro.has(language.split("_")[0] ?? language) ? PRO_MODEL : WIDE_MODEL;
}
