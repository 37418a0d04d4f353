import { EarwitnessError } from "./errors.ts";

/** What `work` comes to, if it does so in time; throws `timeout` otherwise. The work itself is not stopped. */
export async function withinLimit<T>(work: PromiseLike<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    const error = new EarwitnessError("timeout", `No answer within ${limitMs / 1000} s. Try again.`);
    timer = setTimeout(() => reject(error), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
