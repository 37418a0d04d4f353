import type { Hono } from "hono";
import type { ApiEnv } from "../api-env.ts";
import type { Route } from "../http/route.ts";
import { docsPage } from "./docs-page.ts";
import { STYLE } from "./docs-style.ts";
import { openApiDocument } from "./document.ts";
import { sha256Base64 } from "./sha256-base64.ts";

/** Serves the OpenAPI document and the page that shows it, to everybody: they hold nothing of any workspace. */
export function mountDocs(app: Hono<ApiEnv>, routes: readonly Route[]): void {
  app.get("/openapi.json", (c) => {
    c.header("cache-control", "public, max-age=300");
    return c.json(openApiDocument(routes, new URL(c.req.url).origin));
  });
  app.get("/docs", async (c) => {
    c.header("cache-control", "public, max-age=300");
    c.header(
      "content-security-policy",
      `default-src 'none'; style-src 'sha256-${await sha256Base64(STYLE)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    return c.html(docsPage(openApiDocument(routes, new URL(c.req.url).origin)));
  });
}
