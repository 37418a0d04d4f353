import fc from "fast-check";
import type { OpenApiDocument, Operation, Parameter } from "../../src/openapi/openapi.ts";
import { arbitraryOf } from "./arbitrary-of.ts";

/** One request, as its pieces go onto the wire. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Bodies that are no JSON of any schema. */
const ODD_BODIES = [
  "",
  "{",
  "null",
  "[]",
  '"',
  "[".repeat(2_000),
  `${"[".repeat(2_000)}${"]".repeat(2_000)}`,
  `${'{"a":'.repeat(500)}1${"}".repeat(500)}`,
  '{"a":1e400}',
  '{"a":1,"a":2}',
  '{"__proto__":{"isAdmin":true}}',
  '{"a":"\\ud800"}',
  "\ufeff{}",
  "{}\u0000",
];
const CONTENT_TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data",
  "",
  "application/json,application/json",
];

/** Requests of every operation of the document, each with its parameters and body as the document describes them, more or less. */
export function requestsOf(document: OpenApiDocument, ids: readonly string[]): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(resolved(document)).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(path, method, operation, ids)),
  );
  return fc.oneof(...operations);
}

/** The paths, with the named schemas of requests in the place of what refers to them. */
function resolved({ paths, components }: OpenApiDocument): OpenApiDocument["paths"] {
  const text = JSON.stringify(paths).replaceAll(
    /\{"\$ref":"#\/components\/schemas\/(\w+)"\}/g,
    (reference, name: string) => JSON.stringify(components.schemas[name]) ?? reference,
  );
  return JSON.parse(text);
}

function requestOf(
  path: string,
  method: string,
  operation: Operation,
  ids: readonly string[],
): fc.Arbitrary<FuzzedRequest> {
  const inPart = (part: Parameter["in"]) => operation.parameters.filter((parameter) => parameter.in === part);
  return fc
    .record({
      path: partOf(inPart("path"), ids),
      query: partOf(inPart("query"), ids),
      header: partOf(inPart("header"), ids),
      // A GET has no body on any client that there is.
      body: method === "get" ? fc.constant(null) : bodyOf(operation, ids),
      contentType: fc.oneof(
        { weight: 20, arbitrary: fc.constant("application/json") },
        { weight: 1, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
      ),
    })
    .map(({ path: parameters, query, header, body, contentType }) => ({
      method: method.toUpperCase(),
      path: withQuery(filled(path, parameters), query),
      headers: { ...onTheWire(header), ...(body === null ? {} : { "content-type": contentType }) },
      body,
    }));
}

function partOf(parameters: readonly Parameter[], ids: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(
      parameters.map(({ name, required, schema }) => [
        name,
        fc.option(arbitraryOf(schema, ids), { nil: undefined, freq: required ? 50 : 2 }),
      ]),
    ),
  );
}

function bodyOf({ requestBody }: Operation, ids: readonly string[]): fc.Arbitrary<string | null> {
  const schema = requestBody?.content["application/json"]?.schema;
  const odd = fc.constantFrom(...ODD_BODIES);
  if (schema === undefined) return fc.option(odd, { nil: null, freq: 8 });
  return fc.oneof(
    { weight: 10, arbitrary: arbitraryOf(schema, ids).map((value) => JSON.stringify(value) ?? "") },
    { weight: 1, arbitrary: odd },
  );
}

function filled(path: string, parameters: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => escaped(textOf(parameters[name])));
}

function withQuery(path: string, query: Record<string, unknown>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? path
    : `${path}?${pairs.map(([name, value]) => `${name}=${escaped(textOf(value))}`).join("&")}`;
}

/** What of it a header can carry: anything else no client could send. */
function onTheWire(header: Record<string, unknown>): Record<string, string> {
  const values = Object.entries(header).map(([name, value]) => [
    name,
    textOf(value)
      .replaceAll(/[^\x20-\x7e]/g, "?")
      .slice(0, 4_000),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
