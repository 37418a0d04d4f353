import { countedEnv } from "./counted-env.ts";
import { tellCount } from "./tell-count.ts";

const BILLED = new Set(["fetch", "queue"]);

/** The same worker, each of whose requests and batches is counted. Health checks are the stack's own. */
export function countedHandler(handler: object): object {
  const handlers = Object.entries(handler).map(([name, handle]: [string, unknown]) =>
    BILLED.has(name) && typeof handle === "function" ? [name, countedHandle(handler, handle)] : [name, handle],
  );
  return Object.fromEntries(handlers);
}

// biome-ignore lint/complexity/noBannedTypes: a handler of any kind, passed on as it is.
function countedHandle(handler: object, handle: Function) {
  return (first: unknown, env: object, ctx: ExecutionContext): unknown => {
    if (!(first instanceof Request && new URL(first.url).pathname === "/health")) tellCount("worker_request");
    return Reflect.apply(handle, handler, [first, countedEnv(env), ctx]);
  };
}
