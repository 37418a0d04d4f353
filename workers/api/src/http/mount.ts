import { withLogContext } from "@earwitness/shared/log";
import type { Hono } from "hono";
import type { ApiEnv } from "../api-env.ts";
import { HttpError } from "./http-error.ts";
import type { Route } from "./route.ts";

/**
 * Serves the routes on `app`. A request is first somebody's, then permitted, then parsed: a stranger learns nothing from a
 * validation message. A path that is served with other methods answers 405 and names them.
 */
export function mount(app: Hono<ApiEnv>, routes: readonly Route[]): void {
  for (const { contract, admit } of routes) {
    app.on(contract.method.toUpperCase(), honoPath(contract.path), async (c) => {
      const services = c.get("services");
      const { actor, answer } = await admit(services, c.req.raw);
      const params: Record<string, string> = c.req.param();
      const about = {
        ...("workspaceId" in actor && { workspaceId: actor.workspaceId }),
        ...(params.callId && { callId: params.callId }),
      };
      c.set("about", about);
      return withLogContext(about, () => answer(params));
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

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
