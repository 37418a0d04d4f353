import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { headersOfPut } from "../../src/blob-store/r2/headers-of-put.ts";

const REPOSITORY = path.join(import.meta.dirname, "../../../..");
const read = (file: string) => readFileSync(path.join(REPOSITORY, file), "utf8");

const Cors = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string(),
      allowed: z.strictObject({
        origins: z.array(z.url()),
        methods: z.array(z.string()),
        headers: z.array(z.string()),
      }),
      maxAgeSeconds: z.int().max(86_400),
    }),
  ),
});

test("the bucket lets pages of the app put what was announced, and nothing else", () => {
  const { rules } = Cors.parse(JSON.parse(read("deploy/r2-cors.json")));
  expect(rules).toHaveLength(1);
  const allowed = rules[0]?.allowed;
  // A browser asks beforehand for each header that it sends; the length it sends by itself, and is never asked about.
  const demanded = Object.keys(headersOfPut({ contentType: "image/png", sizeBytes: 1, sha256: "0".repeat(64) }));
  expect([...(allowed?.headers ?? [])].sort()).toEqual(demanded.sort());
  expect(allowed?.methods).toEqual(["PUT"]);
  // One exact origin, the app's; the provisioner puts the real one into both places.
  const appOrigin = /^APP_ORIGIN = "(.+)"$/m.exec(read("workers/api/wrangler.toml"))?.[1];
  expect(allowed?.origins).toEqual([appOrigin]);
});

test("the checksum goes along as S3 writes it", () => {
  const headers = headersOfPut({
    contentType: "audio/wav",
    sizeBytes: 0,
    sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  });
  expect(headers).toEqual({
    "content-type": "audio/wav",
    "if-none-match": "*",
    "x-amz-checksum-sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  });
});
