import { z } from "zod";

type Schema = z.core.JSONSchema.BaseSchema;

const asJsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

/** One section for each member of a discriminated union: its name, what it is, and its fields. */
export function variantsOf(union: z.ZodType, discriminator: string): string[] {
  return (asJsonSchema(union).oneOf ?? []).flatMap((variant) => {
    const { [discriminator]: kind, ...properties } = variant.properties ?? {};
    const name = typeof kind === "object" ? String(kind.const) : "";
    const { v: _, ...fields } = properties;
    const text = [`### \`${name}\``, variant.description ?? ""];
    return Object.keys(fields).length === 0 ? text : [...text, typeTable({ ...variant, properties: fields })];
  });
}

/** The named shapes that the schemas refer to, in the order of their names. */
export function shapesOf(schemas: readonly z.ZodType[]): [string, Schema][] {
  const shapes = new Map<string, Schema>();
  for (const schema of schemas) {
    for (const [name, shape] of Object.entries(asJsonSchema(schema).$defs ?? {})) {
      if (!name.startsWith("__")) shapes.set(name, shape);
    }
  }
  return [...shapes].sort(([a], [b]) => a.localeCompare(b));
}

/** The fields of an object as a table. */
export function typeTable(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const shape: Schema = typeof field === "object" ? field : {};
    return `| \`${name}\` | ${typeOf(shape)} | ${shape.description ?? ""} |`;
  });
  return ["| field | | |", "|---|---|---|", ...rows].join("\n");
}

const SIMPLE: Readonly<Record<string, string>> = {
  integer: "whole number",
  number: "number",
  string: "text",
  boolean: "true or false",
  null: "null",
};

/** A type in a few words. Limits that only say what every integer of JSON keeps are left out. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return linkTo(schema.$ref.replace("#/$defs/", ""));
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.anyOf !== undefined) return schema.anyOf.map((member) => typeOf(ofObject(member))).join(" or ");
  if (schema.type === "array") return `list of ${typeOf(ofObject(schema.items))}`;
  if (schema.type === "object") {
    const fields = Object.entries(schema.properties ?? {}).map(
      ([name, field]) => `\`${name}\`: ${typeOf(ofObject(field))}`,
    );
    return `{ ${fields.join("; ")} }`;
  }
  if (schema.format === "date-time") return "time, ISO 8601";
  if (schema.pattern !== undefined) return `text like \`${/^\^([a-z]+_)/.exec(schema.pattern)?.[1] ?? ""}…\``;
  return [schema.type]
    .flat()
    .map((type) => SIMPLE[type ?? ""] ?? "anything")
    .join(" or ");
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

/** Zod writes an object wherever JSON Schema would also allow a boolean, a list or nothing. */
function ofObject(schema: Schema[keyof Schema]): Schema {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema) ? { ...schema } : {};
}
