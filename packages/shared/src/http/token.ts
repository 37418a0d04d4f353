import { z } from "zod";
import { TokenFamilyId } from "../ids.ts";
import { ApiKeyScope } from "./api-key.ts";
import { Instant } from "./call.ts";

/** What a key is exchanged for: a token that lives minutes, and one that gets the next. */
export const TokenPair = z
  .object({
    familyId: TokenFamilyId,
    accessToken: z.string().describe("Send it as Bearer; good for minutes, and only while the key is"),
    accessExpiresAt: Instant,
    refreshToken: z.string().describe("Good once. One that is used twice ends every token of its family"),
    refreshExpiresAt: Instant,
  })
  .meta({ id: "TokenPair" });
export type TokenPair = z.infer<typeof TokenPair>;
export const ExchangeKey = z
  .object({ scope: ApiKeyScope.optional().describe("At most the key's own") })
  .meta({ id: "ExchangeKey" });
export const RefreshTokens = z.object({ refreshToken: z.string().min(16).max(200) }).meta({ id: "RefreshTokens" });
