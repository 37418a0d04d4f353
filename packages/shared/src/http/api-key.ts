import { z } from "zod";
import { ApiKeyId } from "../ids.ts";
import { Instant } from "./call.ts";

export const ApiKeyScope = z.enum(["read", "write"]);
export const ApiKeyView = z
  .object({
    id: ApiKeyId,
    name: z.string(),
    prefix: z.string().describe("The first characters, to tell keys apart"),
    scope: ApiKeyScope,
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ApiKeyView" });
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeyList = z.object({ apiKeys: z.array(ApiKeyView) }).meta({ id: "ApiKeyList" });
export const CreateApiKey = z
  .object({
    name: z.string().trim().min(1).max(80),
    scope: ApiKeyScope.default("read"),
    expiresInDays: z.int().min(1).max(366).nullable().default(null).describe("null: until it is revoked"),
  })
  .meta({ id: "CreateApiKey" });
export const CreatedApiKey = ApiKeyView.extend({
  key: z.string().describe("The key itself: shown once, never stored"),
}).meta({ id: "CreatedApiKey" });
