import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { readJson } from "./read-json.ts";
import { UNSTORABLE, unstorableTexts } from "./unstorable.ts";

/** The parts of a request that a route declares: any of `path`, `query`, `header` (names in lower case) and `body`. */
export type RequestParts = Readonly<
  Partial<Record<"path" | "query" | "header", z.ZodObject>> & {
    body?: z.ZodObject | z.ZodDiscriminatedUnion | z.ZodUnion;
  }
>;

/**
 * Parses the declared parts of a request at once. Throws `invalid_request` that points at every field at fault: `#/to` in the
 * body (a JSON pointer, as in RFC 9457), `query/limit` or `path/callId` elsewhere; `unsupported_media_type` for a body that
 * is no JSON by its header.
 */
export async function parseRequest<S extends z.ZodObject>(
  schema: S,
  raw: Request,
  path: Record<string, string>,
): Promise<z.output<S>> {
  const parts = {
    path,
    query: Object.fromEntries(new URL(raw.url).searchParams),
    header: Object.fromEntries(raw.headers),
    body: "body" in schema.shape ? await readJson(raw) : undefined,
  };
  return parsed(schema, parts);
}

/** Parses a body that no route declares. Throws `invalid_request` like `parseRequest`. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  return parsed(z.object({ body: schema }), { body }).body;
}

function parsed<S extends z.ZodType>(schema: S, parts: unknown): z.output<S> {
  const result = schema.safeParse(parts);
  const faults = result.success
    ? unstorableTexts(result.data).map((path) => ({ path, message: UNSTORABLE }))
    : result.error.issues;
  if (result.success && faults.length === 0) return result.data;
  const fields = faults.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }));
  throw new EarwitnessError("invalid_request", "A part of the request is not valid: see errors.", { fields });
}

function pointerOf(path: readonly PropertyKey[]): string {
  const [part, ...rest] = path.map(String);
  return [part === "body" ? "#" : part, ...rest].join("/");
}
