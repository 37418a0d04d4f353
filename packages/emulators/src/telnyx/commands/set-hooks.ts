import type { Hooks, Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";

interface HookFields {
  readonly webhook_url?: string | undefined;
  readonly webhook_url_method?: "POST" | "GET" | undefined;
  readonly webhook_urls?: Hooks["urls"] | undefined;
  readonly webhook_urls_method?: "POST" | "GET" | undefined;
  readonly webhook_retries_policies?: Hooks["retries"] | undefined;
}

/** Takes a command's webhook URLs and retry policies for the rest of the leg's life. */
export function setHooks(leg: Leg, body: HookFields): void {
  for (const field of ["webhook_url_method", "webhook_urls_method"] as const) {
    if (body[field] === "GET") throw problems.notEmulated("webhooks by GET", `/${field}`);
  }
  if (body.webhook_url !== undefined) leg.hooks.url = body.webhook_url;
  if (body.webhook_urls !== undefined) leg.hooks.urls = body.webhook_urls;
  if (body.webhook_retries_policies !== undefined) leg.hooks.retries = body.webhook_retries_policies;
}
