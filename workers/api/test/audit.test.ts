import { AuditList, newId } from "@earwitness/shared";
import { AuditHeadLine, AuditLine, auditSha256, auditText } from "@earwitness/shared/audit";
import { describe, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { asSystem } from "./setup/database.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

const listed = async ({ browser }: Tenant, query = "") =>
  AuditList.parse(await (await browser.fetch(`/v1/audit${query}`)).json());

/** Has so many entries in the tenant's log, of nobody in particular. */
const addEntries = ({ workspaceId }: Tenant, count: number) =>
  asSystem(async (tx) => {
    for (let i = 0; i < count; i += 1) {
      const object = { kind: "number", id: newId("number") };
      await tx.audit.append({ action: "number.changed", object, details: { b: 1e-7, a: "ü\u2028", i }, workspaceId });
    }
  });

describe("the audit log", () => {
  test("says who did what from where, newest first, with names", async () => {
    const tenant = await newTenant();
    const headers = { "cf-connecting-ip": "203.0.113.9", "user-agent": "Test/1" };
    await tenant.browser.fetch("/v1/audit/export", { headers });
    const { workspaceId, entries } = await listed(tenant);
    expect(workspaceId).toBe(tenant.workspaceId);
    const [newest] = entries;
    expect(newest).toMatchObject({
      action: "audit.exported",
      actor: { kind: "user", name: expect.stringMatching(/^owner-/) },
      object: { kind: "workspace", id: tenant.workspaceId },
      ipAddress: "203.0.113.9",
      userAgent: "Test/1",
      requestId: expect.stringMatching(/^req_/),
    });
    for (const { actor, ...entry } of entries) {
      const { name: _, ...who } = actor;
      expect(await auditSha256({ workspaceId, ...entry, actor: who } as AuditLine)).toBe(entry.sha256);
    }
  });

  test("is read page by page, each entry once, and by what it is about", async () => {
    const tenant = await newTenant();
    await addEntries(tenant, 7);
    const all = (await listed(tenant, "?limit=100")).entries;
    const paged: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await listed(tenant, `?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(page.entries.length).toBeLessThanOrEqual(3);
      paged.push(...page.entries.map(({ n }) => n));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.map(({ n }) => n));
    expect(paged).toEqual(Array.from(paged, (_, i) => paged.length - i));

    const [one] = all;
    if (one === undefined) throw new Error("There are entries.");
    expect((await listed(tenant, `?objectId=${one.object.id}`)).entries).toEqual([one]);
    expect((await listed(tenant, "?action=number.changed&limit=100")).entries.length).toBe(7);
    expect((await listed(tenant, `?actorId=${newId("user")}`)).entries).toEqual([]);
    expect((await listed(tenant, `?until=${one.at}&limit=100`)).entries.every(({ at }) => at < one.at)).toBe(true);
    expect((await listed(tenant, `?from=${one.at}`)).entries).toContainEqual(one);
  });

  test("refuses a cursor of another list and a filter that there is not", async () => {
    const tenant = await newTenant();
    for (const query of ["?cursor=x", `?cursor=${btoa("[0]")}`, `?cursor=${btoa("[1,2]")}`, "?who=me", "?action=x"]) {
      expect((await tenant.browser.fetch(`/v1/audit${query}`)).status, query).toBe(400);
    }
  });

  test("is for people who may, never for keys, and holds nothing of another workspace", async () => {
    const [ours, theirs] = [await newTenant(), await newTenant()];
    await addEntries(theirs, 1);
    for (const path of ["/v1/audit", "/v1/audit/export"]) {
      expect((await ours.call(path)).status).toBe(403);
    }
    const { entries } = await listed(ours);
    expect(entries.some(({ action }) => action === "number.changed")).toBe(false);
  });
});

describe("the export of the audit log", () => {
  const exported = async ({ browser }: Tenant, query = "") => {
    const response = await browser.fetch(`/v1/audit/export${query}`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text.endsWith("\n")).toBe(true);
    return { response, lines: text.slice(0, -1).split("\n") };
  };

  test("holds every entry in its order, its own as the last, and then the head", async () => {
    const tenant = await newTenant();
    // More than a page of what is read at a time.
    await addEntries(tenant, 250);
    const { response, lines } = await exported(tenant);
    expect(response.headers.get("content-type")).toBe("application/jsonl");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="audit_${tenant.workspaceId}.jsonl"`,
    );
    const entries = lines.slice(0, -1).map((line) => AuditLine.parse(JSON.parse(line)));
    const { head, exportedAt } = AuditHeadLine.parse(JSON.parse(lines.at(-1) ?? ""));
    let previous = "0".repeat(64);
    for (const [i, entry] of entries.entries()) {
      expect([entry.n, entry.previousSha256]).toEqual([i + 1, previous]);
      expect(await auditSha256(entry)).toBe(entry.sha256);
      expect(auditText(entry)).toBe(lines[i]);
      previous = entry.sha256;
    }
    const last = entries.at(-1);
    expect(last).toMatchObject({ action: "audit.exported", details: { after: 0 }, at: exportedAt });
    expect(head).toEqual({ workspaceId: tenant.workspaceId, n: last?.n, sha256: last?.sha256 });
  }, 30_000);

  test("goes on from an earlier one, and refuses a place that the log does not have", async () => {
    const tenant = await newTenant();
    const first = await exported(tenant);
    const { head } = AuditHeadLine.parse(JSON.parse(first.lines.at(-1) ?? ""));
    const { lines } = await exported(tenant, `?after=${head.n}`);
    expect(lines.length).toBe(2);
    expect(AuditLine.parse(JSON.parse(lines[0] ?? "")).previousSha256).toBe(head.sha256);

    const before = (await listed(tenant)).entries.length;
    const refused = await tenant.browser.fetch("/v1/audit/export?after=5000");
    expect(await problemIn(refused)).toMatchObject({ code: "invalid_request", errors: [{ pointer: "query/after" }] });
    expect((await listed(tenant)).entries.length).toBe(before);
  });

  test("that nobody reads to its end is ended", async () => {
    const tenant = await newTenant();
    await addEntries(tenant, 250);
    const { body } = await tenant.browser.fetch("/v1/audit/export");
    const reader = body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
  }, 30_000);

  test("asked for by HEAD takes nothing out and logs nothing", async () => {
    const tenant = await newTenant();
    const before = (await listed(tenant)).entries.length;
    const response = await tenant.browser.fetch("/v1/audit/export", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect((await listed(tenant)).entries.length).toBe(before);
  });
});
