import { displayLocale } from "./locale.ts";

/** The exact number of bytes, for a receipt: `4,108,844 bytes`. */
export function exactBytes(sizeBytes: number, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(sizeBytes)} ${sizeBytes === 1 ? "byte" : "bytes"}`;
}

/** A number of bytes for a glance, in the unit that fits it: `25.3 MB`. */
export function shortBytes(sizeBytes: number, locale = displayLocale()): string {
  const power = sizeBytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  const unit = BYTE_UNITS[power] ?? "byte";
  const style = { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short" } as const;
  const digits = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: power === 0 ? 0 : 1 });
  return digits.format(sizeBytes / 1000 ** power);
}
const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** A count with its word: `1 word`, `231 words`. */
export function counted(count: number, one: string, many = `${one}s`, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;
}
