import { createHash } from "node:crypto";
import { uuidOf } from "@earwitness/shared";
import { expect, test } from "vitest";
import { z } from "zod";
import { vconOf } from "../../src/export-file/index.ts";
import { aReport, said } from "./a-report.ts";

/**
 * What a reader may count on, out of the draft's text (draft-ietf-vcon-vcon-core-04, sections 4.1 to 4.5): strict, so that a
 * misspelt parameter is found.
 */
const Party = z.strictObject({
  tel: z
    .string()
    .regex(/^tel:\+\d+$/)
    .optional(),
  name: z.string().optional(),
  validation: z.string().optional(),
  org: z.string().optional(),
});
const ContentHash = z.string().regex(/^sha(512|256)-[\w-]+$/);
const Recording = z.strictObject({
  type: z.literal("recording"),
  start: z.iso.datetime({ offset: true }),
  duration: z.number().min(0).optional(),
  parties: z.array(z.int().min(0)),
  originator: z.int().min(0),
  mediatype: z.enum(["audio/x-wav", "audio/x-mp3"]),
  filename: z.string(),
  url: z.url({ protocol: /^https$/ }),
  content_hash: z.array(ContentHash).min(1),
});
const Incomplete = z.strictObject({
  type: z.literal("incomplete"),
  start: z.iso.datetime({ offset: true }),
  parties: z.array(z.int().min(0)),
  disposition: z.enum(["no-answer", "congestion", "failed", "busy", "hung-up", "voicemail-no-message"]),
});
const Analysis = z.strictObject({
  type: z.literal("transcript"),
  dialog: z.int().min(0).optional(),
  vendor: z.string().min(1),
  product: z.string(),
  schema: z.string(),
  mediatype: z.string(),
  encoding: z.literal("json"),
  body: z.object({ utterances: z.array(z.object({ text: z.string() })) }),
});
const Vcon = z.strictObject({
  vcon: z.literal("0.4.0"),
  uuid: z.uuid(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  subject: z.string(),
  parties: z.array(Party),
  dialog: z.array(z.discriminatedUnion("type", [Recording, Incomplete])),
  analysis: z.array(Analysis).optional(),
});

const apiOrigin = "https://app.example.com/api";

test("a call is a vCon by the draft: its parties, its recording by address and digest, its words", () => {
  const report = aReport([said("Hello.", 0)]);
  const [recording] = report.call.recordings;
  const digest = createHash("sha512").update("the sound").digest();
  const sha512 = new Map(recording === undefined ? [] : [[recording.id, digest.toString("hex")]]);
  const vcon = Vcon.parse(JSON.parse(vconOf(report, { apiOrigin, sha512 })));
  expect(vcon.uuid).toBe(uuidOf(report.call.id));
  expect(vcon.parties).toEqual([{ tel: "tel:+15550100001" }, { tel: "tel:+15550100002", org: "Northwind Support" }]);
  expect(vcon.dialog).toMatchObject([
    {
      // The caller is on the second channel.
      parties: [1, 0],
      originator: 0,
      duration: 60,
      url: `${apiOrigin}/v1/recordings/${recording?.id}/audio`,
      content_hash: [
        `sha512-${digest.toString("base64url")}`,
        `sha256-${Buffer.from("ab".repeat(32), "hex").toString("base64url")}`,
      ],
    },
  ]);
  expect(vcon.analysis?.[0]).toMatchObject({ dialog: 0, body: { utterances: [{ text: "Hello." }] } });
});

test("a call that nobody answered is an incomplete dialog, with its reason", () => {
  const report = aReport();
  const call = { ...report.call, answeredAt: null, hangupCause: "busy" as const, recordings: [], from: "anonymous" };
  const unanswered = { ...report, call, transcript: null };
  const vcon = Vcon.parse(JSON.parse(vconOf(unanswered, { apiOrigin, sha512: new Map() })));
  expect(vcon.dialog).toMatchObject([{ type: "incomplete", disposition: "busy" }]);
  expect(vcon.parties[0]).toEqual({ name: "anonymous", validation: "none" });
  expect(vcon.analysis).toBeUndefined();
});

test("a conversation of which no recording is there has no dialog", () => {
  const vcon = Vcon.parse(JSON.parse(vconOf(aReport([said("Hello.", 0)]), { apiOrigin, sha512: new Map() })));
  expect(vcon.dialog).toEqual([]);
  expect(vcon.analysis?.[0]?.dialog).toBeUndefined();
});
