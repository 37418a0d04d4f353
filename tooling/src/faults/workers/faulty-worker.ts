/**
 * The part of the rig that lives in the workers: real ones, bundled with this around them. What strikes next is counted in the
 * isolate and set over the worker's own address, so that nothing of it is in the product.
 */
export const DOOR_PATH = "/faults";
export const RESET_PATH = `${DOOR_PATH}/reset`;

const left = { storage: 0, redelivered: 0, lost: 0 };
const struck = { storage: 0, redelivered: 0, lost: 0 };
type Blow = keyof typeof left;
const BLOWS = ["storage", "redelivered", "lost"] as const satisfies readonly Blow[];

function strikes(blow: Blow): boolean {
  if (left[blow] === 0) return false;
  left[blow] -= 1;
  struck[blow] += 1;
  return true;
}

/**
 * Takes `{storage?, redelivered?, lost?}`, how many more times each is to strike; by DELETE nothing strikes any more. Says how often
 * each has struck since the runtime was started.
 */
export async function faultDoor(request: Request): Promise<Response> {
  if (request.method === "DELETE") {
    for (const blow of BLOWS) left[blow] = 0;
    return Response.json(struck);
  }
  const wanted: Partial<Record<Blow, number>> = await request.json();
  for (const blow of BLOWS) left[blow] += wanted[blow] ?? 0;
  return Response.json(struck);
}

const known = new WeakMap<object, object>();

/** The environment whose storage can be made to refuse; the same one each time, since what is made of it is remembered. */
export function faultyEnv(env: object): object {
  const made = known.get(env) ?? new Proxy(env, { get: (target, name) => faultyBinding(Reflect.get(target, name)) });
  known.set(env, made);
  return made;
}

const STORAGE_CALLS = new Set(["head", "get", "put", "list", "createMultipartUpload", "uploadPart", "complete"]);

function faultyBinding(binding: unknown): unknown {
  // Only a bucket can do that.
  if (typeof binding !== "object" || binding === null || !("createMultipartUpload" in binding)) return binding;
  return refusing(binding);
}

function refusing(bucket: object): object {
  return new Proxy(bucket, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name, target);
      if (typeof call !== "function") return call;
      return async (...given: unknown[]) => {
        // In the storage's own words: https://developers.cloudflare.com/r2/api/error-codes/
        if (STORAGE_CALLS.has(String(name)) && strikes("storage")) {
          throw new Error(`${String(name)}: We encountered an internal error. Please try again. (10001)`);
        }
        const answer: unknown = await Reflect.apply(call, target, given);
        return name === "createMultipartUpload" && typeof answer === "object" && answer !== null
          ? refusing(answer)
          : answer;
      };
    },
  });
}

interface QueueBatch {
  readonly queue: string;
  ackAll(): void;
}
type QueueHandler = (batch: QueueBatch, env: object, ctx: unknown) => Promise<void>;

/** The same consumer, some of whose batches come twice at once, or never. */
export function faultyQueue(handle: QueueHandler): QueueHandler {
  return async (batch, env, ctx) => {
    if (strikes("lost")) return batch.ackAll();
    const deliveries = strikes("redelivered") ? 2 : 1;
    const results = await Promise.allSettled(
      Array.from({ length: deliveries }, () => handle(batch, faultyEnv(env), ctx)),
    );
    const failed = results.find((result) => result.status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  };
}
