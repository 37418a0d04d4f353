import type { z } from "zod";

/**
 * The worker's environment, parsed once by its one schema. A missing or malformed entry stops the worker and is named, with
 * the reason; its value is never part of the message.
 */
export function parseEnv<S extends z.ZodType>(schema: S, env: unknown): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "environment"} (${issue.code})`);
  throw new Error(`The environment is not complete: ${[...new Set(faults)].join(", ")}. See docs/SECRETS_TO_SET.md.`);
}
