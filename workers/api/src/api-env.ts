import type { LogContext } from "@earwitness/shared/log";
import type { Services } from "./services.ts";

/** What handlers find in Hono's context. */
export interface ApiEnv {
  Bindings: object;
  Variables: {
    requestId: string;
    services: Services;
    /** Whose request it is and about which call, for the log; unknown until somebody is identified. */
    about?: LogContext;
    /** Headers that the answer will carry, whatever becomes of it. */
    settledHeaders?: Readonly<Record<string, string>>;
  };
}
