import { z } from "zod";
import { NumberId } from "../ids.ts";

export const NumberView = z
  .object({
    id: NumberId,
    e164: z.string(),
    label: z.string().nullable(),
    announcement: z.string().nullable().describe("Spoken to the caller before recording; null speaks nothing"),
    recordInbound: z.boolean(),
    recordOutbound: z.boolean(),
    language: z.string().nullable().describe("BCP 47; null lets the transcriber detect it"),
    keyTerms: z.array(z.string()),
    deleteCarrierCopy: z.boolean(),
    liveCaptions: z
      .boolean()
      .describe("Whether words are shown while they are spoken; only of calls that are recorded"),
    version: z.int(),
    publishedVersion: z.int().nullable().describe("The version that calls are answered by; lags `version` for seconds"),
  })
  .meta({ id: "NumberView" });
export type NumberView = z.infer<typeof NumberView>;
export const NumberList = z.object({ numbers: z.array(NumberView) }).meta({ id: "NumberList" });

export const UpdateNumber = z
  .object({
    label: z.string().max(80).nullable().optional(),
    announcement: z.string().max(1000).nullable().optional(),
    recordInbound: z.boolean().optional(),
    recordOutbound: z.boolean().optional(),
    language: z.string().max(35).nullable().optional(),
    keyTerms: z.array(z.string().min(1).max(100)).max(200).optional(),
    deleteCarrierCopy: z.boolean().optional(),
    liveCaptions: z.boolean().optional(),
  })
  .meta({ id: "UpdateNumber" });
export type UpdateNumber = z.infer<typeof UpdateNumber>;
