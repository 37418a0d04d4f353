import { authorize, type Context, type PersonActor, type VisitorActor, type WorkspaceActor } from "@earwitness/core";
import type { Action } from "@earwitness/shared";
import { identify, identifyPerson } from "../middleware/identify.ts";
import type { Services } from "../services.ts";

/** Lets those pass whom the table of permissions allows the action. Throws `unauthenticated`, `forbidden`. */
export async function admitMember(services: Services, raw: Request, action: Action): Promise<Context<WorkspaceActor>> {
  const ctx = await identify(services, raw);
  authorize(ctx.actor, action);
  return ctx;
}

/** Lets everybody pass who is signed in. Throws `unauthenticated`, `forbidden` for a page of another origin. */
export function admitPerson(services: Services, raw: Request): Promise<Context<PersonActor>> {
  return identifyPerson(services, raw);
}

/** Lets everybody pass, without asking who they are. */
export async function admitAnyone(services: Services): Promise<Context<VisitorActor>> {
  return services.contextOf({ kind: "visitor" });
}
