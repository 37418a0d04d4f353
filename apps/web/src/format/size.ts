import { displayLocale } from "./locale.ts";

/** The exact number of bytes, for a receipt: `4,108,844 bytes`. */
export function exactBytes(sizeBytes: number, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(sizeBytes)} ${sizeBytes === 1 ? "byte" : "bytes"}`;
}

/** A size at a glance, in powers of ten: `4.11 MB`. */
export function roughBytes(sizeBytes: number, locale = displayLocale()): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  const amount = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  });
  return amount.format(sizeBytes / 1_000 ** step);
}

/** A count with its word: `1 word`, `231 words`. */
export function counted(count: number, one: string, many = `${one}s`, locale = displayLocale()): string {
  return `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;
}
