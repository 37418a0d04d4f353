/**
 * Compares two secrets in constant time: their digests are compared, so that neither the place of the first difference
 * nor a difference in length shows in how long it takes.
 */
export async function isSameSecret(given: string, expected: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [a, b] = await Promise.all(
    [given, expected].map(async (secret) => {
      return new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(secret)));
    }),
  );
  if (a === undefined || b === undefined) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
