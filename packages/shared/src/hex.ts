/** Bytes as hex in lower case: the one spelling of every digest that is kept or compared. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
