import { env } from "cloudflare:workers";
import {
  type CallRecord,
  type ExportRecord,
  type ExportStore,
  expireExports,
  exportKey,
  makeExport,
} from "@earwitness/core";
import { ReportFonts, writeExport } from "@earwitness/core/export-file";
import { exportSource } from "@earwitness/db";
import { type ExportFormat, type MakeExport, newId, type WorkspaceId } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { describe, expect, test } from "vitest";
import { fontShelf } from "../src/fonts/font-shelf.ts";
import type { Services } from "../src/services.ts";
import { withServices } from "./setup/record.ts";
import { aStep } from "./setup/step.ts";

/** Longer than any test takes. */
const HELD_MS = 600_000;

/** A call that nobody reconciles. */
function anEndedCall(workspaceId: WorkspaceId, changes: Partial<CallRecord> = {}): CallRecord {
  return aCall(workspaceId, { state: "ended", ...changes });
}

async function aWorkspace({ ctx }: Services): Promise<WorkspaceId> {
  const id = newId("workspace");
  await ctx.unitOfWork((tx) => tx.workspaces.add({ id, name: "Test" }));
  return id;
}

/** Asks for an export whose job is the test's own to run: it is held before the worker can hear of it. */
async function asked(services: Services, workspaceId: WorkspaceId, wish: MakeExport): Promise<ExportRecord> {
  const actor = { kind: "apiKey", keyId: newId("apiKey"), workspaceId, scope: "write" } as const;
  const inOneGo = services.database.unitOfWork(actor);
  const { exportId } = await inOneGo(async (tx) => {
    const made = await makeExport({ ...services.ctx, actor, unitOfWork: (work) => work(tx) }, wish);
    const now = new Date();
    await tx.jobs.lease(made.jobId, { now, leasedUntil: new Date(now.getTime() + HELD_MS) });
    return made;
  });
  return services.ctx.unitOfWork((tx) => tx.exports.find(exportId));
}

function portsOf({ ports, database }: Services) {
  return { ...ports, exportSource: exportSource(database), fonts: fontShelf };
}

async function written(services: Services, { id }: ExportRecord): Promise<{ record: ExportRecord; text: string }> {
  for (let more = true; more; ) more = (await writeExport(services.ctx, portsOf(services), id, aStep())) !== undefined;
  const record = await services.ctx.unitOfWork((tx) => tx.exports.find(id));
  const object = await env.RECORDINGS.get(record.r2Key ?? "");
  return {
    record,
    text: new TextDecoder("utf-8", { fatal: record.format !== "pdf", ignoreBOM: true }).decode(
      await object?.arrayBuffer(),
    ),
  };
}

test("the calls of a workspace are written as CSV, and of no other", async () => {
  await withServices(async (services) => {
    const workspaceId = await aWorkspace(services);
    const other = await aWorkspace(services);
    const call = anEndedCall(workspaceId, {
      startedAt: new Date("2026-11-20T09:00:00Z"),
      firstLine: '=HYPERLINK("x")',
    });
    await services.ctx.unitOfWork(async (tx) => {
      await tx.calls.save(call);
      await tx.calls.save(anEndedCall(other, { startedAt: new Date("2026-11-20T09:00:00Z") }));
    });
    const wish = await asked(services, workspaceId, { kind: "calls", format: "csv" });
    const { record, text } = await written(services, wish);
    const [heading, line, ...rest] = text.split("\r\n");
    expect(heading).toMatch(/^\ufeffcall_id,direction,/);
    expect(line).toContain(call.id);
    expect(line).toContain(`'${call.fromAddress}`);
    expect(line).toContain(`"'=HYPERLINK(""x"")"`);
    expect(rest).toEqual([""]);
    expect(record).toMatchObject({ state: "ready", rowCount: 1, sizeBytes: new TextEncoder().encode(text).length });
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    expect(record.sha256).toBe(Buffer.from(digest).toString("hex"));
  });
});

/** A store that dies after it has done something, once for each of the moments. */
function dyingAfter(store: ExportStore, moments: Set<string>): ExportStore {
  const die = (moment: string) => {
    if (moments.delete(moment)) throw new Error(`Died after ${moment}`);
  };
  return {
    ...store,
    async beginParts(key, options) {
      const upload = await store.beginParts(key, options);
      die("begin");
      return upload;
    },
    async putPart(upload, part, bytes) {
      const stored = await store.putPart(upload, part, bytes);
      die(`part ${part}`);
      return stored;
    },
    async completeParts(upload, parts) {
      await store.completeParts(upload, parts);
      die("completion");
    },
    async read(key) {
      die("completion, before the digest");
      return store.read(key);
    },
  };
}

describe("a file of several parts", () => {
  const ROWS = 460;
  const LONG = "é".repeat(20_000);

  async function manyCalls({ ctx }: Services, workspaceId: WorkspaceId): Promise<string[]> {
    const startedAt = new Date("2026-11-19T09:00:00Z");
    const calls = Array.from({ length: ROWS }, (_, i) =>
      anEndedCall(workspaceId, { startedAt, firstLine: `${i} ${LONG}` }),
    );
    for (let start = 0; start < ROWS; start += 100) {
      await ctx.unitOfWork(async (tx) => {
        for (const call of calls.slice(start, start + 100)) await tx.calls.save(call);
      });
    }
    return calls.map(({ id }) => id).sort();
  }

  test("holds each row once, whenever whoever writes it dies", { timeout: 300_000 }, async () => {
    await withServices(async (services) => {
      const workspaceId = await aWorkspace(services);
      const ids = await manyCalls(services, workspaceId);
      const wish = await asked(services, workspaceId, { kind: "calls", format: "jsonl" });
      const moments = new Set(["begin", "part 1", "part 2", "part 3", "completion", "completion, before the digest"]);
      const ports = { ...portsOf(services), exportStore: dyingAfter(services.ports.exportStore, moments) };
      let steps = 0;
      for (let isOver = false; !isOver; ) {
        expect(++steps).toBeLessThan(20);
        const more = await writeExport(services.ctx, ports, wish.id, aStep()).catch((error: Error) => error.message);
        isOver = more === undefined;
      }
      expect(moments.size).toBe(0);
      const { record, text } = await written(services, wish);
      const lines = text.trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(ids);
      expect(new TextEncoder().encode(text).length).toBeGreaterThan(2 * 8 * 1024 * 1024);
      expect(record).toMatchObject({ state: "ready", rowCount: ROWS });
    });
  });

  test("is begun anew where somebody who was thought dead writes over a part", { timeout: 300_000 }, async () => {
    await withServices(async (services) => {
      const workspaceId = await aWorkspace(services);
      const ids = await manyCalls(services, workspaceId);
      const wish = await asked(services, workspaceId, { kind: "calls", format: "jsonl" });
      const { ctx, ports } = services;
      await writeExport(ctx, portsOf(services), wish.id, aStep());
      const { progress } = await ctx.unitOfWork((tx) => tx.exports.find(wish.id));
      const upload = { key: exportKey(wish), uploadId: String(progress?.uploadId) };
      await ports.exportStore.putPart(upload, 1, new Uint8Array(8 * 1024 * 1024));
      await expect(written(services, wish)).rejects.toThrow("The file's parts do not fit together");
      const { text } = await written(services, wish);
      expect(
        text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line).id)
          .sort(),
      ).toEqual(ids);
    });
  });
});

test("of two who write one file, the one who comes too late tries again", async () => {
  await withServices(async (services) => {
    const workspaceId = await aWorkspace(services);
    const call = anEndedCall(workspaceId, { startedAt: new Date("2026-11-20T09:00:00Z") });
    await services.ctx.unitOfWork((tx) => tx.calls.save(call));
    const wish = await asked(services, workspaceId, { kind: "calls", format: "jsonl" });
    const { ctx } = services;
    const ports = portsOf(services);
    const first = { ...ports, exportStore: dyingAfter(ports.exportStore, new Set(["completion"])) };
    const overtaken: ExportStore = {
      ...ports.exportStore,
      async putPart(...part) {
        const stored = await ports.exportStore.putPart(...part);
        await expect(writeExport(ctx, first, wish.id, aStep())).rejects.toThrow("Died");
        return stored;
      },
    };
    const late = writeExport(ctx, { ...ports, exportStore: overtaken }, wish.id, aStep());
    await expect(late).rejects.toMatchObject({ code: "conflict", retryable: true });
    const { text } = await written(services, wish);
    expect(JSON.parse(text).id).toBe(call.id);
  });
});

test("nothing is an empty file", async () => {
  await withServices(async (services) => {
    const wish = await asked(services, await aWorkspace(services), { kind: "transcripts", format: "jsonl" });
    const { record, text } = await written(services, wish);
    expect(text).toBe("");
    expect(record).toMatchObject({ state: "ready", rowCount: 0, sizeBytes: 0 });
  });
});

test("the audit log goes as far as the asking for it", async () => {
  await withServices(async (services) => {
    const workspaceId = await aWorkspace(services);
    const owner = {
      kind: "user",
      userId: newId("user"),
      workspaceId,
      role: "owner",
      sees: "all",
      sessionId: newId("session"),
    } as const;
    const ctx = { ...services.ctx, actor: owner, unitOfWork: services.database.unitOfWork(owner) };
    const { exportId } = await makeExport(ctx, { kind: "audit", format: "jsonl" });
    await makeExport(ctx, { kind: "audit", format: "csv" });
    const wish = await services.ctx.unitOfWork((tx) => tx.exports.find(exportId));
    const { text } = await written(services, wish);
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ action, object }) => [action, object.id])).toEqual([["export.made", exportId]]);
  });
});

test.for<[ExportFormat, RegExp]>([
  ["pdf", /^%PDF-1\.7/],
  ["srt", /^$/],
  ["vtt", /^WEBVTT - call_/],
  ["vcon", /^\{\s+"vcon"/],
  ["jsonl", /^\{"type":"call"/],
])("a call's report is written as %s", async ([format, begins]) => {
  await withServices(async (services) => {
    const workspaceId = await aWorkspace(services);
    const call = anEndedCall(workspaceId, { startedAt: new Date("2026-11-20T09:00:00Z") });
    await services.ctx.unitOfWork((tx) => tx.calls.save(call));
    const wish = await asked(services, workspaceId, { kind: "call_report", format, callId: call.id } as MakeExport);
    const { record, text } = await written(services, wish);
    expect(text).toMatch(begins);
    expect(record.state).toBe("ready");
    const stored = await env.RECORDINGS.head(record.r2Key ?? "");
    expect(stored?.httpMetadata?.contentDisposition).toMatch(new RegExp(`^attachment; filename="${call.id}\\.`));
  });
});

/** Names of scripts for which Unicode says which letters are meant. */
const SCRIPTS: Readonly<Record<string, string>> = { Hans: "Han", Jpan: "Hiragana", Kore: "Hangul" };

test("a call's report has letters for the script of every language that is transcribed", async () => {
  await withServices(async ({ ports }) => {
    const scripts = [...ports.transcriber.capabilities.languages].map((tag) => new Intl.Locale(tag).maximize().script);
    expect(new Set(scripts).size).toBeGreaterThan(20);
    for (const script of new Set(scripts)) {
      const ofScript = new RegExp(`(?=\\p{L})\\p{Script=${SCRIPTS[script ?? ""] ?? script}}`, "u");
      const letters = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).filter((letter) =>
        ofScript.test(letter),
      );
      const fonts = await ReportFonts.open(fontShelf, letters.join(""));
      fonts.printable(letters.join(""));
      // Not those that nobody has written for centuries: of Chinese, that is nearly half of them.
      const atMost = script === "Hans" ? 1 / 2 : 1 / 10;
      expect(fonts.unprintable.size, script).toBeLessThanOrEqual(letters.length * atMost);
    }
  });
});

test("a file goes when its time is over, and its export says so", async () => {
  await withServices(async (services) => {
    const wish = await asked(services, await aWorkspace(services), { kind: "calls", format: "csv" });
    const { record } = await written(services, wish);
    const week = { now: () => new Date(Date.now() + 8 * 24 * 60 * 60_000) };
    expect(await expireExports({ ...services.ctx, clock: week }, services.ports.exportStore)).toBeGreaterThan(0);
    expect(await env.RECORDINGS.head(record.r2Key ?? "")).toBeNull();
    const after = await services.ctx.unitOfWork((tx) => tx.exports.find(wish.id));
    expect(after).toMatchObject({ state: "expired", r2Key: null });
  });
});
