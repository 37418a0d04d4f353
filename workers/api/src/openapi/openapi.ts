import type { z } from "zod";

/** The parts of an OpenAPI 3.1 document that we write; https://spec.openapis.org/oas/v3.1.1.html */
export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: { title: string; version: string; description: string };
  readonly servers: readonly { url: string }[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { securitySchemes: object; schemas: Readonly<Record<string, JsonSchema>> };
}
export type JsonSchema = z.core.JSONSchema.BaseSchema;
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}
export interface Media {
  readonly [mediaType: string]: { readonly schema: JsonSchema };
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Where it is not the document's own: nobody has to be known, or it must be a person. */
  readonly security?: OpenApiDocument["security"];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { required: true; content: Media };
  readonly responses: Readonly<Record<string, { description: string; content?: Media }>>;
}
