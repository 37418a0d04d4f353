import { AuditAction, newId, type WorkspaceId } from "@earwitness/shared";
import { AuditLine, auditSha256, BEFORE_THE_FIRST } from "@earwitness/shared/audit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAuditLines } from "../src/index.ts";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

async function chainOf(workspaceId: WorkspaceId): Promise<AuditLine[]> {
  const lines = await record.database.read(userOf(workspaceId), (scope) =>
    readAuditLines(scope, workspaceId, { after: 0, upTo: 1_000_000, limit: 10_000 }),
  );
  return lines.map((line) => AuditLine.parse(line));
}

async function expectWhole(lines: readonly AuditLine[]): Promise<void> {
  let previous = BEFORE_THE_FIRST;
  for (const [index, line] of lines.entries()) {
    expect(line.n).toBe(index + 1);
    expect(line.previousSha256).toBe(previous);
    expect(await auditSha256(line)).toBe(line.sha256);
    previous = line.sha256;
  }
}

/** Text that JSON and Postgres can both hold, with all that makes spellings differ: controls, quotes, other planes. */
const aText = fc
  .string({ unit: "grapheme-composite", maxLength: 12 })
  .map((text) => text.replaceAll("\u0000", "").toWellFormed());
const details = fc.dictionary(
  aText.filter((key) => key !== "__proto__"),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value).replaceAll("\\u0000", "")) as unknown),
  { maxKeys: 6 },
);

test("what is appended at once, by whomever, makes one chain for each workspace", async () => {
  const wish = fc.record({
    workspace: fc.nat(1),
    action: fc.constantFrom(...AuditAction.options),
    details,
    isUndone: fc.boolean(),
    perTransaction: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 12 }), async (wishes) => {
      const workspaces = [await aWorkspace(record.database), await aWorkspace(record.database)] as const;
      const outcomes = await Promise.allSettled(
        wishes.map(({ workspace, action, details, isUndone, perTransaction }) => {
          const workspaceId = workspaces[workspace === 0 ? 0 : 1];
          return record.database.unitOfWork(userOf(workspaceId))(async (tx) => {
            const object = { kind: "workspace", id: workspaceId };
            for (let i = 0; i < perTransaction; i += 1) await tx.audit.append({ action, object, details });
            if (isUndone) throw new Error("undone");
          });
        }),
      );
      for (const [i, outcome] of outcomes.entries()) {
        expect(outcome.status).toBe(wishes[i]?.isUndone ? "rejected" : "fulfilled");
      }
      for (const [index, workspaceId] of workspaces.entries()) {
        const kept = wishes.filter(({ workspace, isUndone }) => (workspace === 0 ? 0 : 1) === index && !isUndone);
        const lines = await chainOf(workspaceId);
        expect(lines.length).toBe(kept.reduce((sum, { perTransaction }) => sum + perTransaction, 0));
        await expectWhole(lines);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("an entry says who, what, when and from where", async () => {
  const workspaceId = await aWorkspace(record.database);
  const actor = userOf(workspaceId);
  const head = await record.database.unitOfWork(actor)((tx) =>
    tx.audit.append({ action: "note.written", object: { kind: "call", id: newId("call") }, details: { a: [1, null] } }),
  );
  const [line] = await chainOf(workspaceId);
  expect(line).toMatchObject({
    actor: { kind: "user", id: actor.userId },
    action: "note.written",
    details: { a: [1, null] },
    ipAddress: null,
  });
  expect(head).toEqual({ workspaceId, n: 1, sha256: line?.sha256 });
});

test("nobody changes an entry or takes one out, neither as the workers nor as the tables' owner", async () => {
  const workspaceId = await aWorkspace(record.database);
  await record.database.unitOfWork(userOf(workspaceId))((tx) =>
    tx.audit.append({ action: "note.written", object: { kind: "call", id: "x" } }),
  );
  for (const sql of ["update audit_entries set action = 'x'", "delete from audit_entries", "truncate audit_entries"]) {
    await expect(record.rows(sql), sql).rejects.toThrow(/permission denied|append-only/);
    await expect(record.asOwner(sql), sql).rejects.toThrow(/append-only/);
  }
  expect((await chainOf(workspaceId)).length).toBe(1);
});

test("the system logs on behalf of somebody in the workspace that it names", async () => {
  const workspaceId = await aWorkspace(record.database);
  const userId = newId("user");
  await record.database.unitOfWork(system)((tx) =>
    tx.audit.append({
      action: "session.opened",
      object: { kind: "session", id: newId("session") },
      workspaceId,
      by: { kind: "user", id: userId },
    }),
  );
  expect((await chainOf(workspaceId))[0]?.actor).toEqual({ kind: "user", id: userId });
});
