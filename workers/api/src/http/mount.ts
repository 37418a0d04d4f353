import { withLogContext } from "@earwitness/shared/log";
import type { Hono, Context as HonoContext } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { crossOriginHeaders } from "../middleware/cross-origin.ts";
import { refuseForeignCookie } from "../middleware/same-origin.ts";
import { bodyWithin } from "./body-within.ts";
import { chargeRequest } from "./charge-request.ts";
import { HttpError } from "./http-error.ts";
import { REQUEST_COSTS } from "./request-costs.ts";
import type { Admitted, Contract, Route } from "./route.ts";
import { answersTheSame, idempotencyKeyOf, sameAnswer } from "./same-answer.ts";

/** Bodies are settings and sentences; a route that takes longer ones says so. */
const USUAL_BODY_BYTES = 64 * 1024;

/**
 * Serves the routes on `app`. A request is first somebody's, then permitted, then counted, then parsed: a stranger learns nothing from
 * a validation message. A path that is served with other methods answers 405 and names them.
 */
export function mount(app: Hono<ApiEnv>, routes: readonly Route[]): void {
  for (const { contract, admit } of routes) {
    const method = contract.method.toUpperCase();
    app.on(method, honoPath(contract.path), bodyWithin(contract.maxBodyBytes ?? USUAL_BODY_BYTES), async (c) => {
      const services = c.get("services");
      refuseForeignCookie(c.req.raw, services.env.APP_ORIGIN);
      const admitted = await admit(services, c.req.raw);
      const { actor } = admitted;
      const params: Record<string, string> = c.req.param();
      const about = {
        ...("workspaceId" in actor && { workspaceId: actor.workspaceId }),
        ...(params.callId && { callId: params.callId }),
      };
      c.set("about", about);
      c.set("settledHeaders", await crossOriginHeaders(services, c.req.raw, actor));
      return withLogContext(about, async () => {
        const left = await chargeRequest(services, actor, REQUEST_COSTS[contract.operationId] ?? 1);
        c.set("settledHeaders", { ...c.get("settledHeaders"), ...left });
        return answerOf(c, contract, admitted, params);
      });
    });
  }
  for (const path of new Set(routes.map((route) => route.contract.path))) {
    const served = routes.filter(({ contract }) => contract.path === path).map(({ contract }) => contract.method);
    // Hono answers HEAD wherever it serves GET.
    const allow = served
      .flatMap((method) => (method === "get" ? ["get", "head"] : [method]))
      .join(", ")
      .toUpperCase();
    app.all(honoPath(path), (c) => {
      throw new HttpError("method_not_allowed", `${c.req.path} serves ${allow}.`, { allow });
    });
  }
}

async function answerOf(
  c: HonoContext<ApiEnv>,
  contract: Contract,
  { actor, answer }: Admitted,
  params: Record<string, string>,
): Promise<Response> {
  const key = answersTheSame(contract) && actor.kind !== "visitor" ? idempotencyKeyOf(c.req.raw) : null;
  if (key === null) return answer(params);
  const keyed = { services: c.get("services"), actor, raw: c.req.raw, operationId: contract.operationId };
  return sameAnswer(key, keyed, (noting) => answer(params, noting));
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
