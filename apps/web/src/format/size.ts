import { displayLocale } from "./locale.ts";

/** The exact number of bytes, for a receipt: `4,108,844 bytes`. */
export function exactBytes(sizeBytes: number, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(sizeBytes)} ${sizeBytes === 1 ? "byte" : "bytes"}`;
}

/** A count with its word: `1 word`, `231 words`. */
export function counted(count: number, one: string, many = `${one}s`, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;
}
