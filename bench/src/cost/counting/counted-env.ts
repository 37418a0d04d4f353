import type { CountName } from "../count-name.ts";
import { tellCount } from "./tell-count.ts";

/** Which calls of a binding are billed as what; deletes in R2 are free, a batch counts each of its messages. */
const KV: Record<string, CountName> = {
  get: "kv_read",
  getWithMetadata: "kv_read",
  list: "kv_write",
  put: "kv_write",
  delete: "kv_write",
};
const R2: Record<string, CountName> = {
  put: "r2_class_a",
  list: "r2_class_a",
  createMultipartUpload: "r2_class_a",
  uploadPart: "r2_class_a",
  complete: "r2_class_a",
  get: "r2_class_b",
  head: "r2_class_b",
};
const QUEUE: Record<string, CountName> = { send: "queue_message", sendBatch: "queue_message" };

/** The environment, made once for each that the runtime gives, so that what is remembered for it is found again. */
const known = new WeakMap<object, object>();

/** The same environment, whose stores and queues say what they are asked for. */
export function countedEnv(env: object): object {
  const made = known.get(env);
  if (made !== undefined) return made;
  const counted = new Proxy(env, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "object" || value === null) return value;
      const billed = billedCalls(value);
      return billed === null ? value : countedBinding(value, billed, String(name));
    },
  });
  known.set(env, counted);
  return counted;
}

/** Told apart by what only they can do. */
function billedCalls(binding: object): Record<string, CountName> | null {
  if ("getWithMetadata" in binding) return KV;
  if ("createMultipartUpload" in binding) return R2;
  if ("sendBatch" in binding) return QUEUE;
  return null;
}

function countedBinding(binding: object, billed: Record<string, CountName>, of: string): object {
  return new Proxy(binding, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        const counted = billed[String(name)];
        if (counted !== undefined) tellCount(counted, name === "sendBatch" ? lengthOf(given[0]) : 1, of);
        const answer: unknown = Reflect.apply(value, target, given);
        return name === "createMultipartUpload"
          ? Promise.resolve(answer).then((upload) => countedUpload(upload, of))
          : answer;
      };
    },
  });
}

function countedUpload(upload: unknown, of: string): unknown {
  return typeof upload === "object" && upload !== null ? countedBinding(upload, R2, of) : upload;
}

function lengthOf(batch: unknown): number {
  return Array.isArray(batch) ? batch.length : 1;
}
