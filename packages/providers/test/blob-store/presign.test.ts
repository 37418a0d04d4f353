import { describe, expect, test } from "vitest";
import { createR2Store } from "../../src/blob-store/index.ts";

const bucket = new Proxy<R2Bucket>(Object.create(null), {
  get: () => () => Promise.reject(new Error("Nothing is asked of the bucket")),
});
const store = createR2Store({
  bucket,
  s3Endpoint: "https://account.r2.example",
  bucketName: "recordings",
  accessKeyId: "an-access-key",
  secretAccessKey: "a-secret-key",
});
const FILE = { contentType: "image/png", sizeBytes: 70, sha256: "ab".repeat(32) };

describe("a presigned put", () => {
  test("binds type, length, checksum and that nothing is there into its signature", async () => {
    const { url, headers } = await store.presignPut("quarantine/ws/upl", FILE, 600);
    const { origin, pathname, searchParams } = new URL(url);
    expect([origin, pathname]).toEqual(["https://account.r2.example", "/recordings/quarantine/ws/upl"]);
    expect(searchParams.get("X-Amz-Expires")).toBe("600");
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe(
      "content-length;content-type;host;if-none-match;x-amz-checksum-sha256",
    );
    expect(Object.keys(headers)).toEqual(["content-type", "if-none-match", "x-amz-checksum-sha256"]);
    expect(url).not.toContain("a-secret-key");
  });

  test("has another signature for each thing that it is bound to", async () => {
    const signatureOf = async (key: string, file: Partial<typeof FILE>, ttlSeconds: number) => {
      const { url } = await store.presignPut(key, { ...FILE, ...file }, ttlSeconds);
      return new URL(url).searchParams.get("X-Amz-Signature");
    };
    const signatures = await Promise.all([
      signatureOf("a", {}, 600),
      signatureOf("b", {}, 600),
      signatureOf("a", { contentType: "text/html" }, 600),
      signatureOf("a", { sizeBytes: 71 }, 600),
      signatureOf("a", { sha256: "cd".repeat(32) }, 600),
      signatureOf("a", {}, 601),
    ]);
    expect(new Set(signatures).size).toBe(signatures.length);
  });

  test("is of the key that was asked for and no other, whatever is in it", async () => {
    const { url } = await store.presignPut("a b/c?d#e%2F", FILE, 600);
    expect(new URL(url).pathname).toBe("/recordings/a%20b/c%3Fd%23e%252F");
    expect(new URL(url).hash).toBe("");
    for (const key of ["a/../b", "../b", "a/./b", ".."]) {
      await expect(store.presignPut(key, FILE, 600)).rejects.toThrow("dot");
    }
  });
});

test("a presigned get is bound to nothing but its key, so that a vendor may fetch it as vendors do", async () => {
  const { searchParams } = new URL(await store.presignGet("recordings/x.wav", 60));
  expect(searchParams.get("X-Amz-SignedHeaders")).toBe("host");
});
