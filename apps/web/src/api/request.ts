import { ApiError } from "./api-error.ts";

type Contract = typeof import("./contract.ts");
type Schema<T> = { parse(value: unknown): T };

/** Past this, the screen says that no answer came instead of going on turning. */
const TIMEOUT_MS = 10_000;

export interface Request<T> {
  /** Below which the path is: the API itself, or the ways of signing in. */
  base?: "/api/v1" | "/auth";
  path: `/${string}`;
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Which of the contract's schemas reads the answer. */
  returns: (contract: Contract) => Schema<T>;
  signal?: AbortSignal;
}

/**
 * Asks the API, on the page's own origin, and reads its answer with the contract's schema.
 * Throws `ApiError` for everything but the answer, and the signal's own reason when the caller gave up.
 */
export async function request<T>(input: Request<T>): Promise<T> {
  const { base = "/api/v1", path, method = "GET", body, headers, returns, signal } = input;
  const contract = import("./contract.ts");
  const response = await send(`${base}${path}`, {
    method,
    headers: {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
  });
  const answer: unknown = await response.json().catch(() => null);
  const schemas = await contract;
  if (!response.ok) throw refusal(response.status, schemas.Problem.safeParse(answer).data);
  try {
    return returns(schemas).parse(answer);
  } catch (cause) {
    const message = "The server answered in a form that this page does not know. Load the page again: it may be older.";
    throw new ApiError("unreadable", message, { status: response.status, cause });
  }
}

/** The same, for a request that is answered without a body. */
export async function command(input: Omit<Request<null>, "returns">): Promise<void> {
  await request({ ...input, returns: () => ({ parse: () => null }) });
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "TimeoutError") {
      throw new ApiError("timeout", "The server gave no answer for 10 s.", { cause });
    }
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError("unreachable", "The server cannot be reached from here.", { cause });
  }
}

function refusal(status: number, problem: import("@earwitness/shared").Problem | undefined): ApiError {
  const message = problem?.detail ?? problem?.title ?? `The server refused with ${status}.`;
  return new ApiError("problem", message, { status, ...(problem && { problem }) });
}

/** The page's own address of a file that the API names by its path, such as `/v1/users/…/avatar`. */
export function fileAddress(path: string | null): string | null {
  return path === null ? null : `/api${path}`;
}
