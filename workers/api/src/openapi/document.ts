import { PERMISSIONS } from "@earwitness/core";
import { Problem } from "@earwitness/shared";
import { z } from "zod";
import { IdempotencyKey } from "../http/idempotency-key.ts";
import type { Contract, Returned, Route } from "../http/route.ts";
import { answersTheSame } from "../http/same-answer.ts";
import type { JsonSchema, Media, OpenApiDocument, Operation, Parameter } from "./openapi.ts";

const API_VERSION = "v1";

const DESCRIPTION = `The record of your calls: place them, hang up, list them, read their words, hear their audio.

Identify yourself with an API key or an access token: \`Authorization: Bearer ew_…\`. Times are ISO 8601, positions in audio integer milliseconds,
numbers E.164. Every error is a problem document (RFC 9457) with a stable \`code\` and a \`requestId\`. A list's next page is asked
for with its \`nextCursor\`. A call that you have just placed appears under its id within a moment; until then it is not found.`;

/**
 * The OpenAPI document of the declared routes. Schemas are zod's own JSON Schema (draft 2020-12, which is OpenAPI 3.1's
 * dialect); those that carry an id in zod's global registry become components.
 */
export function openApiDocument(routes: readonly Route[], origin: string): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = `/${API_VERSION}${route.contract.path}`;
    paths[path] = { ...paths[path], [route.contract.method]: operationOf(route) };
  }
  const components = z.toJSONSchema(z.globalRegistry, { uri: componentUri, io: "output", ...PLAIN });
  return {
    openapi: "3.1.1",
    info: { title: "Earwitness", version: API_VERSION, description: DESCRIPTION },
    servers: [{ url: origin }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key of the workspace (`ew_…`), or an access token that one was exchanged for",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Secure-authjs.session-token",
          description: "The cookie of a signed-in browser; writes also need this site's Origin",
        },
      },
      schemas: Object.fromEntries(Object.entries(components.schemas).map(([id, schema]) => [id, stripped(schema)])),
    },
  };
}

const componentUri = (id: string) => `#/components/schemas/${id}`;

function operationOf({ contract }: Route): Operation {
  const { body } = contract.request;
  return {
    operationId: contract.operationId,
    summary: contract.summary,
    ...(contract.description === undefined ? {} : { description: contract.description }),
    tags: [contract.tag],
    ...securityOf(contract),
    parameters: [
      ...(["path", "query", "header"] as const).flatMap((part) => parametersOf(part, contract.request[part])),
      ...(answersTheSame(contract) ? parametersOf("header", KEYED) : []),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: inline(body) } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(contract.returns).map(([status, body]) => [status, responseOf(status, body)]),
      ),
      default: { description: "A problem", content: { "application/problem+json": { schema: reference(Problem) } } },
    },
  };
}

/** How to be known for it, where a key and a session are not equally good. */
function securityOf({ may }: Contract): Pick<Operation, "security"> {
  if (may === "anyone") return { security: [] };
  if (may === "signed-in" || PERMISSIONS[may].scope === null) return { security: [{ session: [] }] };
  return PERMISSIONS[may].roles.length === 0 ? { security: [{ apiKey: [] }] } : {};
}

/** What a request that creates something may carry beside what its contract says. */
const KEYED = z.object({ "idempotency-key": IdempotencyKey.optional() });

function parametersOf(part: "path" | "query" | "header", schema: z.ZodObject | undefined): Parameter[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...rest } = inline(field);
    return {
      name,
      in: part,
      required: !z.safeParse(field, undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function responseOf(status: string, returned: Returned): { description: string; content?: Media } {
  const description = STATUS_TEXT[status] ?? status;
  if (returned === "nothing") return { description };
  if ("mediaType" in returned) {
    return { description, content: { [returned.mediaType]: { schema: { type: "string", format: "binary" } } } };
  }
  return { description, content: { "application/json": { schema: reference(returned) } } };
}

const STATUS_TEXT: Readonly<Record<string, string>> = {
  200: "The answer",
  201: "Made",
  202: "Taken: it is being done",
  204: "Done",
  206: "The part asked for",
  304: "Unchanged",
};

/** Ids are checked by a function, which JSON Schema cannot say: their metadata states type and pattern instead. */
const PLAIN = {
  unrepresentable: "any",
  override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => {
    // What `format` and `integer` say already, zod repeats as a pattern of 300 characters and the bounds of a double.
    if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
} as const;

/** A request's schema where it is used: as the client writes it, before defaults. */
function inline(schema: z.ZodType): JsonSchema {
  const { $defs: _components, ...plain } = z.toJSONSchema(schema, { io: "input", ...PLAIN });
  // What has a name is a component already, and found there.
  const text = JSON.stringify(plain).replaceAll('"#/$defs/', `"${componentUri("")}`);
  const referring: JsonSchema = JSON.parse(text);
  return stripped(referring);
}

/** Answers are views, and every view has a name. */
function reference(schema: z.ZodType): JsonSchema {
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined) throw new Error("An answer's schema needs a name: add .meta({ id }) to the view.");
  return { $ref: componentUri(id) };
}

/** Without what zod adds for schemas that stand alone. */
function stripped({ $schema: _dialect, $id: _uri, id: _name, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
