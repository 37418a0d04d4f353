import { html, raw } from "hono/html";
import { STYLE } from "./docs-style.ts";
import type { JsonSchema, OpenApiDocument, Operation } from "./openapi.ts";

type Html = ReturnType<typeof html>;

/**
 * The OpenAPI document as one page that people read: no script, no request to anywhere, so that it works offline and under
 * the strictest policy.
 */
export function docsPage(document: OpenApiDocument): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<nav aria-label="Contents">
<p class="brand">${document.info.title} API</p>
${tags.map(
  (tag) =>
    html`<h2>${tag}</h2><ul>${operations
      .filter(({ operation }) => operation.tags.includes(tag))
      .map(({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`)}</ul>`,
)}
<h2>Schemas</h2>
<ul>${Object.keys(document.components.schemas).map((name) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul>
</nav>
<main>
<header>
<h1>${document.info.title} API</h1>
${paragraphs(document.info.description)}
<p>Machine-readable: <a href="openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
</header>
${operations.map(({ path, method, operation }) => operationSection(path, method, operation))}
<h2 class="part">Schemas</h2>
${Object.entries(document.components.schemas).map(
  ([name, schema]) => html`<section id="schema-${name}"><h3>${name}</h3>${fieldTable(schema)}</section>`,
)}
</main>
</body>
</html>`;
}

function operationSection(path: string, method: string, operation: Operation): Html {
  const body = operation.requestBody?.content["application/json"]?.schema;
  return html`<section id="${operation.operationId}">
<h3>${operation.summary}</h3>
<p class="call"><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code></p>
${operation.description === undefined ? "" : paragraphs(operation.description)}
${
  operation.parameters.length === 0
    ? ""
    : html`<h4>Parameters</h4><table>${operation.parameters.map((parameter) =>
        row(
          parameter.name,
          `${parameter.in}${parameter.required ? ", required" : ""}`,
          parameter.schema,
          parameter.description,
        ),
      )}</table>`
}
${body === undefined ? "" : html`<h4>Body</h4>${fieldTable(body)}`}
<h4>Answers</h4>
<table>${Object.entries(operation.responses).map(([status, { description, content }]) => {
    const [mediaType, media] = Object.entries(content ?? {})[0] ?? [];
    return html`<tr><th scope="row">${status}</th><td>${description}</td><td>${
      media === undefined ? "" : html`${typeOf(media.schema)} <span class="quiet">${mediaType}</span>`
    }</td></tr>`;
  })}</table>
</section>`;
}

function fieldTable(schema: JsonSchema): Html {
  // One of several shapes: each is told by its own fields.
  const shapes = schema.oneOf?.filter((shape) => typeof shape !== "boolean");
  if (shapes !== undefined) return html`${shapes.map(fieldTable)}`;
  const required = new Set(schema.required);
  return html`<table>${Object.entries(schema.properties ?? {}).map(([name, field]) =>
    typeof field === "boolean" ? "" : row(name, required.has(name) ? "" : "optional", field, field.description),
  )}</table>`;
}

function row(name: string, note: string, schema: JsonSchema, description: string | undefined): Html {
  return html`<tr><th scope="row"><code>${name}</code>${note === "" ? "" : html` <span class="quiet">${note}</span>`}</th>
<td>${typeOf(schema)}</td><td>${codeSpans(description ?? "")}</td></tr>`;
}

/** A schema in a few words: its type and limits, a link to the view that it is, or a table of its own fields. */
function typeOf(schema: JsonSchema): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const options = schema.anyOf?.filter((option) => typeof option !== "boolean");
  if (options !== undefined) {
    return html`${options.map((option, index) => html`${index > 0 ? " or " : ""}${typeOf(option)}`)}`;
  }
  if (schema.type === "array" && typeof schema.items === "object" && !Array.isArray(schema.items)) {
    return html`list of ${typeOf(schema.items)}`;
  }
  if (schema.enum !== undefined) return html`${schema.enum.map((value) => html`<code>${String(value)}</code> `)}`;
  if (schema.properties !== undefined) return fieldTable(schema);
  const idPrefix = /^\^(\w+_)/.exec(schema.pattern ?? "")?.[1];
  if (idPrefix !== undefined) return html`id <code>${idPrefix}…</code>`;
  const type = [schema.type ?? "anything"].flat().join(" or ");
  const limits = limitsOf(schema).join(", ");
  return limits === "" ? html`${type}` : html`${type} <span class="quiet">${limits}</span>`;
}

function limitsOf(schema: JsonSchema): string[] {
  return [
    ...(schema.format === undefined ? [] : [schema.format]),
    ...(schema.minimum === undefined ? [] : [`≥ ${schema.minimum}`]),
    ...(schema.maximum === undefined ? [] : [`≤ ${schema.maximum}`]),
    ...(schema.maxLength === undefined ? [] : [`at most ${schema.maxLength} characters`]),
    ...(schema.maxItems === undefined ? [] : [`at most ${schema.maxItems}`]),
    ...(schema.default === undefined ? [] : [`${JSON.stringify(schema.default)} if left out`]),
  ];
}

function paragraphs(text: string): Html {
  return html`${text.split("\n\n").map((paragraph) => html`<p>${codeSpans(paragraph)}</p>`)}`;
}

/** Backticks of the descriptions as code. */
function codeSpans(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
