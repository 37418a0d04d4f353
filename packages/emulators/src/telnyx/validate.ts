import { z } from "zod";
import { problems, type TelnyxError, TelnyxProblem } from "./problem.ts";

/** Marks a custom check with the vendor's own error code. */
export function telnyxCode(code: string, title: string): { error: string; params: { code: string; title: string } } {
  return { error: title, params: { code, title } };
}

const CustomParams = z.object({ code: z.string(), title: z.string() });

/** Reads a request's JSON; an empty body is `{}`. Throws 400/10023. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw problems.invalidJson();
  }
}

/** Reads and checks a request's JSON. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  return check(await readJson(request), schema);
}

/** Checks a value against the vendor's schema. Throws `TelnyxProblem` with one error per fault; unknown and misspelt fields are faults. */
export function check<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TelnyxProblem(
    422,
    parsed.error.issues.flatMap((issue) => toErrors(issue, value)),
  );
}

function toErrors(issue: z.core.$ZodIssue, input: unknown): TelnyxError[] {
  const pointer = `/${issue.path.map(String).join("/")}`;
  const source = { pointer };
  const missing: TelnyxError = {
    code: "10004",
    title: "Missing required parameter",
    detail: `The '${pointer.slice(1)}' parameter is required.`,
    source,
  };
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        code: "10015",
        title: "Invalid parameter",
        detail: `The parameter '${key}' is not known here.`,
        source: { pointer: pointer === "/" ? `/${key}` : `${pointer}/${key}` },
      }));
    case "invalid_type":
      return valueAt(input, issue.path) === undefined
        ? [missing]
        : [{ code: "10026", title: "Unexpected parameter type", detail: issue.message, source }];
    case "invalid_value":
      return valueAt(input, issue.path) === undefined
        ? [missing]
        : [{ code: "10032", title: "Invalid enumerated value", detail: issue.message, source }];
    case "too_big":
    case "too_small":
      return [{ code: "10033", title: "Value outside of range", detail: issue.message, source }];
    case "custom": {
      const params = CustomParams.safeParse(issue.params);
      const named = params.success ? params.data : { code: "10015", title: "Invalid parameter" };
      return [{ ...named, detail: issue.message, source }];
    }
    default:
      return [{ code: "10015", title: "Invalid parameter", detail: issue.message, source }];
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Reflect.get(value, key);
  }, input);
}
