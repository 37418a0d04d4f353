/** What a sign-in request says, as a form or as JSON: Auth.js takes both. */
export function fieldsOf(body: string, contentType: string | null): unknown {
  if (!contentType?.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * The request with what we read of it, and nothing else: a body that Auth.js would read otherwise must not get past what was
 * checked here, and its query would become parameters of the provider's page.
 */
export function asRead(request: Request, path: string, fields: Record<string, unknown>): Request {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Request(new URL(path, request.url), { method: "POST", headers, body: JSON.stringify(fields) });
}
