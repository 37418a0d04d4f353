import { z } from "zod";
import { SessionId } from "../ids.ts";
import { SignInMethod } from "./account.ts";
import { Instant } from "./call.ts";

/** A browser in which somebody is signed in. */
export const SessionView = z
  .object({
    id: SessionId,
    isCurrent: z.boolean(),
    method: SignInMethod.nullable(),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    createdAt: Instant,
    lastSeenAt: Instant.nullable(),
    expiresAt: Instant,
  })
  .meta({ id: "SessionView" });
export type SessionView = z.infer<typeof SessionView>;
export const SessionList = z.object({ sessions: z.array(SessionView) }).meta({ id: "SessionList" });
