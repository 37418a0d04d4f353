import { validate } from "@hyperjump/json-schema/openapi-3-1";
import { describe, expect, test } from "vitest";
import type { OpenApiDocument } from "../src/openapi/openapi.ts";
import { request } from "./setup/browser.ts";

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** The routes that the contract of the API lists. */
const CONTRACT = [
  "GET /v1/me",
  "PATCH /v1/me",
  "GET /v1/workspace",
  "PATCH /v1/workspace",
  "GET /v1/retention/preview",
  "GET /v1/holds",
  "POST /v1/holds",
  "POST /v1/holds/{holdId}/release",
  "GET /v1/usage",
  "POST /v1/workspaces",
  "POST /v1/workspace/owner",
  "GET /v1/members",
  "PATCH /v1/members/{userId}",
  "DELETE /v1/members/{userId}",
  "GET /v1/invitations",
  "POST /v1/invitations",
  "DELETE /v1/invitations/{invitationId}",
  "POST /v1/invitations/preview",
  "POST /v1/invitations/accept",
  "GET /v1/mail/unsubscribe",
  "POST /v1/mail/unsubscribe",
  "GET /v1/contact",
  "POST /v1/contact",
  "GET /v1/contact/{jobId}",
  "POST /v1/live-tokens",
  "GET /v1/calls",
  "GET /v1/search",
  "POST /v1/calls",
  "GET /v1/calls/{callId}",
  "DELETE /v1/calls/{callId}",
  "POST /v1/calls/{callId}/restore",
  "GET /v1/trash",
  "POST /v1/calls/{callId}/hangup",
  "POST /v1/calls/{callId}/actions",
  "GET /v1/calls/{callId}/coverage",
  "GET /v1/calls/{callId}/notes",
  "POST /v1/calls/{callId}/notes",
  "DELETE /v1/calls/{callId}/notes/{noteId}",
  "GET /v1/calls/{callId}/recordings",
  "GET /v1/calls/{callId}/screenshots",
  "GET /v1/calls/{callId}/screenshots/{uploadId}",
  "POST /v1/uploads",
  "POST /v1/uploads/{uploadId}/complete",
  "GET /v1/uploads/{uploadId}",
  "GET /v1/users/{userId}/avatar",
  "GET /v1/calls/{callId}/transcript",
  "POST /v1/recordings/{recordingId}/retry",
  "POST /v1/calls/{callId}/transcript/retry",
  "GET /v1/recordings/{recordingId}/audio",
  "GET /v1/recordings/{recordingId}/peaks",
  "GET /v1/numbers",
  "POST /v1/numbers/sync",
  "PATCH /v1/numbers/{numberId}",
  "GET /v1/api-keys",
  "POST /v1/api-keys",
  "DELETE /v1/api-keys/{apiKeyId}",
  "POST /v1/exports",
  "GET /v1/exports",
  "GET /v1/exports/{exportId}",
  "POST /v1/exports/{exportId}/cancel",
  "GET /v1/exports/{exportId}/download",
  "POST /v1/imports",
  "GET /v1/imports",
  "GET /v1/imports/{importId}",
  "GET /v1/audit",
  "GET /v1/audit/export",
  "GET /v1/checks",
  "GET /v1/jobs",
  "GET /v1/jobs/{jobId}",
  "POST /v1/jobs/{jobId}/cancel",
  "POST /v1/jobs/run-again",
  "POST /v1/jobs/dismiss",
  "GET /v1/ops",
  "POST /v1/dead-messages/send-again",
  "POST /v1/dead-messages/dismiss",
  "GET /v1/calls/{callId}/notices",
  "POST /v1/calls/{callId}/notices/{noticeId}/apply-again",
  "GET /v1/notices",
  "POST /v1/notices/{noticeId}/apply-again",
  "POST /v1/crons/{name}/run",
  "GET /v1/sessions",
  "DELETE /v1/sessions",
  "DELETE /v1/sessions/{sessionId}",
  "POST /v1/me/workspace",
  "DELETE /v1/me/accounts/{provider}",
  "POST /v1/tokens",
  "POST /v1/tokens/refresh",
  "DELETE /v1/tokens/{familyId}",
];

describe("the OpenAPI document", () => {
  const load = async () => (await request("/v1/openapi.json")).json<OpenApiDocument>();

  test("has every route of the contract and no other", async () => {
    const { paths } = await load();
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual([...CONTRACT].sort());
  });

  test("is one, by the specification's own schema, and so are the schemas in it", async () => {
    const check = await validate("https://spec.openapis.org/oas/3.1/schema-base");
    const document = await (await request("/v1/openapi.json")).json<Record<string, Json>>();
    expect(check(document, "BASIC")).toEqual({ valid: true });
    // The check can fail.
    expect(check({ ...document, paths: { "no-slash": {} } }).valid).toBe(false);
  });

  test("leads every reference to a schema", async () => {
    const document = await load();
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const name = reference?.replace("#/components/schemas/", "") ?? "";
      expect(Object.keys(document.components.schemas), reference).toContain(name);
    }
  });

  test("says what zod checks: null where it may be, patterns of ids, limits of queries", async () => {
    const { components, paths } = await load();
    const call = components.schemas.CallView;
    expect(call?.properties?.numberId).toMatchObject({
      anyOf: [{ pattern: "^num_[0-7][0-9a-hjkmnp-tv-z]{25}$" }, { type: "null" }],
    });
    expect(call?.properties?.transcriptFailure).toMatchObject({
      anyOf: [{ $ref: "#/components/schemas/Failure" }, { type: "null" }],
    });
    const limit = paths["/v1/calls"]?.get?.parameters.find(({ name }) => name === "limit");
    expect(limit).toMatchObject({
      in: "query",
      required: false,
      schema: { type: "integer", minimum: 1, maximum: 100, default: 50 },
    });
    const body = paths["/v1/calls"]?.post?.requestBody?.content["application/json"]?.schema;
    expect(body).toMatchObject({ required: ["from", "to"], additionalProperties: false });
  });

  test("names the job in every answer of slow work", async () => {
    const { components, paths } = await load();
    // Their work is the call's room's, which has it in its log when it answers.
    const ofRooms = ["placeCall", "hangUpCall", "steerCall"];
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    const slow = operations.filter((each) => each.responses["202"] !== undefined);
    expect(slow.map((each) => each.operationId)).toEqual(expect.arrayContaining([...ofRooms, "completeUpload"]));
    for (const { operationId, responses } of slow.filter((each) => !ofRooms.includes(each.operationId))) {
      const name = responses["202"]?.content?.["application/json"]?.schema.$ref?.split("/").at(-1) ?? "";
      expect(Object.keys(components.schemas[name]?.properties ?? {}), operationId).toContain("jobId");
    }
  });

  test("gives each operation an id of its own, a summary and its parameters", async () => {
    const { paths } = await load();
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(
        inPath,
      );
      expect(operation.summary).not.toBe("");
      expect(Object.keys(operation.responses)).toContain("default");
    }
  });
});

test("the docs page shows every operation, and needs no script and no other site", async () => {
  for (const base of ["/v1", "/api/v1"]) {
    const response = await request(`${base}/docs`);
    const page = await response.text();
    expect(response.headers.get("content-type")).toContain("text/html");
    // Compared as booleans, because a page in a failure's message helps nobody.
    expect(/<script|https?:\/\/(?!api\.test)/.test(page)).toBe(false);
    const policy = response.headers.get("content-security-policy") ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    expect(policy).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`);
    for (const entry of CONTRACT) {
      const [method, path] = entry.split(" ");
      expect(page.includes(`${method}</b> <code>${path}</code>`), entry).toBe(true);
    }
  }
});
