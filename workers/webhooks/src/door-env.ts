import type { Logger } from "@earwitness/shared/log";
import type { DoorServices } from "./services.ts";

/** What each request carries through its handlers. */
export interface DoorEnv {
  Bindings: object;
  Variables: { services: DoorServices; requestId: string; log: Logger };
}
