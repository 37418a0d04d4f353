import { pipe } from "../../media-socket/workers/pipe.ts";

/** Beside the real worker, on the same workerd: what a bare pipe takes. Its path is none of the product's. */
const PIPE_PATH = "/bench-pipe/";

type Fetch = (request: Request, env: { BENCH_PIPE_URL: string }, ctx: ExecutionContext) => unknown;

/** The worker with a pipe at `/bench-pipe/…`, to `BENCH_PIPE_URL`. */
export function withPipe<W extends { fetch: Fetch }>(worker: W) {
  return {
    ...worker,
    fetch: ((request, env, ctx) =>
      new URL(request.url).pathname.startsWith(PIPE_PATH)
        ? pipe(env.BENCH_PIPE_URL)
        : worker.fetch(request, env, ctx)) satisfies Fetch,
  };
}
