import { z } from "zod";
import { ApiKeyId, NumberId, UserId, WorkspaceId } from "../ids.ts";
import { Instant } from "./call.ts";

/** Who is signed in and where. */
export const MeView = z
  .object({
    user: z.object({ id: UserId, email: z.string(), name: z.string().nullable(), phone: z.string().nullable() }),
    workspace: z.object({ id: WorkspaceId, name: z.string(), createdAt: Instant }),
  })
  .meta({ id: "MeView" });
export type MeView = z.infer<typeof MeView>;

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

export const ApiKeyScope = z.enum(["read", "write"]);
export const ApiKeyView = z
  .object({
    id: ApiKeyId,
    name: z.string(),
    prefix: z.string().describe("The first characters, to tell keys apart"),
    scope: ApiKeyScope,
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ApiKeyView" });
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeyList = z.object({ apiKeys: z.array(ApiKeyView) }).meta({ id: "ApiKeyList" });
export const CreateApiKey = z
  .object({ name: z.string().min(1).max(80), scope: ApiKeyScope.default("read") })
  .meta({ id: "CreateApiKey" });
export const CreatedApiKey = ApiKeyView.extend({
  key: z.string().describe("The key itself: shown once, never stored"),
}).meta({ id: "CreatedApiKey" });

/** One harmless real request to each thing that a call needs. */
export const CheckView = z
  .object({
    name: z.enum(["carrier", "transcriber", "storage", "database"]),
    label: z.string(),
    state: z.enum(["ok", "failed", "not_set"]),
    message: z.string(),
    statusCode: z.int().nullable(),
    durationMs: z.int(),
  })
  .meta({ id: "CheckView" });
export type CheckView = z.infer<typeof CheckView>;
export const CheckList = z.object({ checkedAt: Instant, checks: z.array(CheckView) }).meta({ id: "CheckList" });
export type CheckList = z.infer<typeof CheckList>;
