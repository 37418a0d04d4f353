/** What a `Range` header asks of a representation of known size: all of it, one stretch, or nothing that exists. */
export type RangeAnswer =
  | { readonly kind: "all" }
  | { readonly kind: "part"; readonly offset: number; readonly length: number }
  | { readonly kind: "unsatisfiable" };

/** `first-last`, `first-` or `-suffix`; digits only, as RFC 9110 §14.1.1 has it. */
const ONE_RANGE = /^(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * Reads a `Range` header for a representation of `sizeBytes` (RFC 9110 §14). A header that is absent, malformed, of another
 * unit or asks for several stretches is ignored, as the RFC allows: the answer is then the whole. A stretch that runs past
 * the end is cut there; one that begins at or past it is unsatisfiable.
 */
export function readRange(header: string | null, sizeBytes: number): RangeAnswer {
  const [unit, set, ...rest] = header?.split("=") ?? [];
  if (unit?.trim().toLowerCase() !== "bytes" || set === undefined || rest.length > 0) return { kind: "all" };
  const match = ONE_RANGE.exec(set.trim());
  if (match === null) return { kind: "all" };
  const [, firstText, lastText, suffixText] = match;

  if (suffixText !== undefined) {
    const length = Math.min(Number(suffixText), sizeBytes);
    return length === 0 ? { kind: "unsatisfiable" } : { kind: "part", offset: sizeBytes - length, length };
  }
  const first = Number(firstText);
  const last = lastText ? Number(lastText) : Number.POSITIVE_INFINITY;
  if (last < first) return { kind: "all" };
  if (first >= sizeBytes) return { kind: "unsatisfiable" };
  return { kind: "part", offset: first, length: Math.min(last, sizeBytes - 1) - first + 1 };
}
