import { expect, test } from "vitest";
import { looksLikeApiKey, mintApiKey } from "../../src/identity/api-key.ts";
import { newSecret, sha256Hex } from "../../src/identity/secret.ts";

test("a secret has 256 bits and never comes twice", () => {
  const secrets = Array.from({ length: 200 }, newSecret);
  expect(new Set(secrets).size).toBe(200);
  expect(secrets.every((secret) => /^[0-9a-f]{64}$/.test(secret))).toBe(true);
});

test("SHA-256 is the standard's", async () => {
  // FIPS 180-4, appendix B.1.
  expect(await sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a minted key is kept as its hash, and shows of itself only enough to know it by", async () => {
  const { key, prefix, keySha256 } = await mintApiKey();
  expect(looksLikeApiKey(key)).toBe(true);
  expect(key.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(9);
  expect(keySha256).toBe(await sha256Hex(key));
  for (const text of ["", "ew_", key.slice(0, -1), `${key}0`, key.toUpperCase(), `sk_${key.slice(3)}`]) {
    expect(looksLikeApiKey(text), text).toBe(false);
  }
});
