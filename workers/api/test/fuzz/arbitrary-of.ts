import fc from "fast-check";
import type { JsonSchema } from "../../src/openapi/openapi.ts";

/** Texts that something somewhere chokes on: empty, endless, of control characters, half characters, other syntaxes. */
const ODD_TEXTS = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e\u200b\ufeff",
  "💥".repeat(50),
  "é".normalize("NFD"),
  "x".repeat(5_000),
  "../../../etc/passwd",
  "..%2f..%2f",
  "'; drop table calls; --",
  "{{7*7}}#{7*7}",
  "<script>alert(1)</script>",
  "\r\nset-cookie: a=b",
  "null",
  "true",
  "-1",
  "1e400",
  "9".repeat(400),
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999999+23:59",
  "2026-02-30T25:61:61Z",
  "call_00000000000000000000000000",
  "call_7zzzzzzzzzzzzzzzzzzzzzzzzz",
  "num_8zzzzzzzzzzzzzzzzzzzzzzzzz",
  "__proto__",
  "constructor",
];
const ODD_NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.5,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  5e-324,
];

/** Any JSON at all, the odd kinds more often. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...ODD_TEXTS, ...ODD_NUMBERS, null, true, false, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
);

/**
 * Values of a JSON Schema, as an OpenAPI document holds it, mostly: and now and then one that is at its edge, or past it, or
 * something else altogether. `ids` are those that there are, which are found behind a pattern of theirs.
 */
export function arbitraryOf(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: fitting(schema, ids) }, { weight: 1, arbitrary: anyJson });
}

function fitting(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, ids)));
  switch ([schema.type].flat()[0]) {
    case "string":
      return textOf(schema, ids);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(arbitraryOf(itemsOf(schema), ids), { maxLength: 4 });
    case "object":
      return objectOf(schema, ids);
    default:
      return anyJson;
  }
}

function itemsOf({ items }: JsonSchema): JsonSchema {
  return typeof items === "object" && !Array.isArray(items) ? items : {};
}

function textOf({ pattern, format, maxLength, minLength }: JsonSchema, ids: readonly string[]): fc.Arbitrary<string> {
  const odd = fc.constantFrom(...ODD_TEXTS);
  const edges = fc.constantFrom(
    "x".repeat(minLength ?? 0),
    "x".repeat(maxLength ?? 10),
    "x".repeat((maxLength ?? 10) + 1),
  );
  const plain = fc.string({ unit: "grapheme", maxLength: 40 });
  const matching = pattern === undefined ? plain : fc.stringMatching(new RegExp(pattern));
  const known = ids.filter((id) => pattern !== undefined && new RegExp(pattern).test(id));
  const formatted =
    format === "date-time"
      ? fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
      : format === "email"
        ? fc.emailAddress()
        : matching;
  return fc.oneof(
    { weight: 4, arbitrary: formatted },
    { weight: 3, arbitrary: known.length > 0 ? fc.constantFrom(...known) : matching },
    { weight: 1, arbitrary: edges },
    { weight: 2, arbitrary: odd },
  );
}

function numberOf({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const [least, most] = [minimum ?? -1_000, maximum ?? 1_000_000];
  const edges = fc.constantFrom(least, most, least - 1, most + 1, ...ODD_NUMBERS);
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: Math.max(least, -1e9), max: Math.min(most, 1e9) }) },
    { weight: 1, arbitrary: edges },
  );
}

/** With its members or most of them, and now and then with one that it has not. */
function objectOf({ properties, required }: JsonSchema, ids: readonly string[]): fc.Arbitrary<object> {
  const members = Object.entries(properties ?? {}).map(([name, member]) => {
    const value = typeof member === "object" ? arbitraryOf(member, ids) : anyJson;
    const isNeeded = required?.includes(name) ?? false;
    return [name, fc.option(value, { nil: undefined, freq: isNeeded ? 20 : 2 })] as const;
  });
  const extra = fc.option(fc.dictionary(fc.constantFrom(...ODD_TEXTS), anyJson, { maxKeys: 2 }), { nil: {}, freq: 12 });
  return fc.tuple(fc.record(Object.fromEntries(members)), extra).map(([known, more]) => ({ ...more, ...known }));
}
