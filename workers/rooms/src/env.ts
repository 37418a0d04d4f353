import { binding, origin } from "@earwitness/shared/env";
import { z } from "zod";

/** The environment of the rooms worker: its bindings are made by wrangler, its vars and secrets by people. */
export const RoomsEnv = z.object({
  FACTS: binding<Queue>(),
  ROUTING: binding<KVNamespace>(),
  TELNYX_BASE_URL: z.url(),
  TELNYX_API_KEY: z.string().min(1),
  TELNYX_CONNECTION_ID: z.string().regex(/^\d+$/),
  WEBHOOKS_ORIGIN: origin,
});
export type RoomsEnv = z.infer<typeof RoomsEnv>;
