import { z } from "zod";
import { CallId } from "../ids.ts";
import { Instant } from "./call.ts";

export const CreateLiveToken = z
  .object({ callId: CallId.nullable().default(null).describe("The call to watch; null: the workspace") })
  .meta({ id: "CreateLiveToken" });
export const LiveTokenView = z
  .object({
    token: z.string().describe("To be sent as the first frame: {action: authenticate, token}. Good once, for a minute"),
    url: z.string().describe("Where to connect with it"),
    expiresAt: Instant,
  })
  .meta({ id: "LiveTokenView" });
export type LiveTokenView = z.infer<typeof LiveTokenView>;
