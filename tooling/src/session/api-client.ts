import type { z } from "zod";

/** The API as a partner uses it, with one key. */
export interface ApiClient {
  /** Asks and parses the answer by `schema`. Throws with the answer's own words unless it is 2xx. */
  request<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.infer<S>>;
  /** The bare answer, whatever it is. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** `headers` say who asks: a bearer key, or a session's cookie and the origin of the page that has it. */
export function apiClient(
  apiUrl: string,
  headers: { authorization: string } | { cookie: string; origin: string },
): ApiClient {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${apiUrl}${path}`, { ...init, headers: { ...headers, ...init.headers } });
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
