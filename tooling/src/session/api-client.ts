import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";

/** The API as a partner uses it, with one key. */
export interface ApiClient {
  /** Asks and parses the answer by `schema`. Throws with the answer's own words unless it is 2xx. */
  request<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.infer<S>>;
  /** The bare answer, whatever it is. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** `authorization` is one header: a bearer key or a session's cookie. */
export function apiClient(apiUrl: string, authorization: { authorization: string } | { cookie: string }): ApiClient {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${apiUrl}${path}`, { ...init, headers: { ...authorization, ...init.headers } });
  return {
    fetch: call,
    async request(schema, method, path, body) {
      const response = await call(path, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return schema.parse(text === "" ? undefined : JSON.parse(text));
    },
  };
}

/**
 * Asks again and again until `look` returns something other than undefined. No fixed sleep stands between a change and
 * its sight: it looks every `everyMs`. Throws after `withinMs` with what `waitingFor` says.
 */
export async function eventually<T>(
  waitingFor: string,
  look: () => Promise<T | undefined>,
  { withinMs = 30_000, everyMs = 50 } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let trouble: unknown;
  while (Date.now() < deadline) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
      trouble = undefined;
    } catch (error) {
      trouble = error; // The stack may be down for the moment; that is what some tests are about.
    }
    await sleep(everyMs);
  }
  throw new Error(`Waited ${withinMs} ms for ${waitingFor}${trouble === undefined ? "" : `; the last look failed`}`, {
    cause: trouble,
  });
}
