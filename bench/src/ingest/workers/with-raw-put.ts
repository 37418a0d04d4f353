/** Beside the real worker, on the same workerd: what a bare put of the same bytes takes. Its path is none of the product's. */
const PUT_PATH = "/bench-put";

interface Env {
  readonly RECORDINGS: R2Bucket;
}
type Fetch = (request: Request, env: Env, ctx: ExecutionContext) => Response | Promise<Response>;

/** The worker with a door at `/bench-put?url=…`, which puts what is there into the bucket as it comes, and removes it again. */
export function withRawPut<W extends { fetch: Fetch }>(worker: W) {
  return {
    ...worker,
    fetch: ((request, env, ctx) => {
      const { pathname, searchParams } = new URL(request.url);
      return pathname === PUT_PATH
        ? put(env.RECORDINGS, searchParams.get("url") ?? "")
        : worker.fetch(request, env, ctx);
    }) satisfies Fetch,
  };
}

async function put(bucket: R2Bucket, url: string): Promise<Response> {
  const key = `bench/${crypto.randomUUID()}`;
  const { body, headers } = await fetch(url);
  if (body === null) return new Response("Nothing is there", { status: 502 });
  const { readable, writable } = new FixedLengthStream(Number(headers.get("content-length")));
  const beganAtMs = Date.now();
  await Promise.all([bucket.put(key, readable), body.pipeTo(writable)]);
  const tookMs = Date.now() - beganAtMs;
  await bucket.delete(key);
  return Response.json({ tookMs });
}
