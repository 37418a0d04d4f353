import { env } from "cloudflare:workers";
import { type ImportRecord, JOB_SUBJECTS, startImport, sweepUploads } from "@earwitness/core";
import { takeImport } from "@earwitness/core/import-table";
import { readImport } from "@earwitness/db";
import { newId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Services } from "../src/services.ts";
import { withServices } from "./setup/record.ts";
import { aSound } from "./setup/sound.ts";
import { aStep } from "./setup/step.ts";

const HEADINGS = "File,Started At,Direction,From,To,Language";

/** Starts an import as a program of the workspace does. */
async function start(services: Services, workspaceId: WorkspaceId, prefix: string): Promise<ImportRecord> {
  const actor = { kind: "apiKey", keyId: newId("apiKey"), workspaceId, scope: "write" } as const;
  const ctx = { ...services.ctx, actor, unitOfWork: services.database.unitOfWork(actor) };
  const { importId } = await startImport(ctx, services.ports.store, { prefix });
  return services.ctx.unitOfWork((tx) => tx.imports.find(importId));
}

/** Puts a table and its files where an import looks for them, and starts it. */
async function started(services: Services, lines: string[], files: string[]): Promise<ImportRecord> {
  const workspaceId: WorkspaceId = newId("workspace");
  await services.ctx.unitOfWork((tx) => tx.workspaces.add({ id: workspaceId, name: "Test" }));
  const folder = `imports/${workspaceId}/old-system/`;
  await env.RECORDINGS.put(`${folder}calls.csv`, `\ufeff${[HEADINGS, ...lines].join("\r\n")}\r\n`);
  for (const file of files) await env.RECORDINGS.put(folder + file, aSound());
  return start(services, workspaceId, "old-system");
}

async function taken({ ctx, ports }: Services, { id }: ImportRecord): Promise<ImportRecord> {
  for (let more = true; more; ) more = (await takeImport(ctx, ports, id, aStep())) !== undefined;
  return ctx.unitOfWork((tx) => tx.imports.find(id));
}

function detailsOf({ database }: Services, { id }: ImportRecord) {
  return database.read({ kind: "system", reason: "test" }, async ({ db }) => {
    const { rows } = await db.execute(sql`select details from import_rows where import_id = ${uuidOf(id)}`);
    return rows.map(({ details }) => details);
  });
}

async function rowsOf({ database }: Services, { id }: ImportRecord) {
  return database.read({ kind: "system", reason: "test" }, (scope) => readImport(scope, id));
}

test("each file becomes a call, and a bad line refuses itself and no other", { timeout: 60_000 }, async () => {
  await withServices(async (services) => {
    const record = await started(
      services,
      [
        "2024/one.wav,2024-05-01T10:00:00+02:00,inbound,+1 415 555 0123,+14155550199,de-DE",
        "2024/two.wav,yesterday,inbound,+14155550123,+14155550199,",
        "gone.wav,2024-05-01T10:00:00Z,outbound,+14155550123,+14155550199,",
        "../../other/secret.wav,2024-05-01T10:00:00Z,outbound,+14155550123,+14155550199,",
        "2024/one.wav,2024-05-01T10:00:00Z,outbound,+14155550123,+14155550199,",
        '"three.wav",2024-05-02T10:00:00Z,outbound,+14155550123,+14155550199,',
        "three.mp3,2024-05-02T10:00:00Z,outbound,+14155550123,12,",
      ],
      ["2024/one.wav", "2024/two.wav", "three.wav", "three.mp3"],
    );
    expect(await taken(services, record)).toMatchObject({ state: "done", rowCount: 7 });
    const view = await rowsOf(services, record);
    expect(view.taken).toBe(2);
    expect(view.refused.map(({ line, reason }) => [line, reason.split(":")[0]])).toEqual([
      [2, "started_at"],
      [3, "There is no such file."],
      [4, "file"],
      [5, "file"],
      [7, "to"],
    ]);
    // What was taken over has left the folder; what was not waits there to be mended.
    expect(await env.RECORDINGS.head(`${record.prefix}2024/one.wav`)).toBeNull();
    expect(await env.RECORDINGS.head(`${record.prefix}2024/two.wav`)).not.toBeNull();
    const [first] = await services.ctx.unitOfWork((tx) => tx.imports.waiting(record.id, 1));
    expect(first).toBeUndefined();
    // The numbers that it was given for them stand with the calls alone.
    expect(await detailsOf(services, record)).toEqual(Array(7).fill(null));
  });
});

test("is resumed wherever it died, and makes one call of each file", { timeout: 60_000 }, async () => {
  await withServices(async (services) => {
    const lines = Array.from(
      { length: 4 },
      (_, i) => `${i}.wav,2024-05-0${i + 1}T10:00:00Z,inbound,+14155550123,+14155550199,`,
    );
    const record = await started(services, lines, ["0.wav", "1.wav", "2.wav", "3.wav"]);
    const { store } = services.ports;
    const moments = new Set(["put", "remove", "head"]);
    const dying = async <T>(moment: string, done: Promise<T>): Promise<T> => {
      const result = await done;
      if (moments.delete(moment)) throw new Error(`Died after ${moment}`);
      return result;
    };
    const ports = {
      ...services.ports,
      store: {
        ...store,
        putOnce: (...put: Parameters<typeof store.putOnce>) => dying("put", store.putOnce(...put)),
        remove: (key: string) => dying("remove", store.remove(key)),
        head: (key: string) => dying("head", store.head(key)),
      },
    };
    for (let isOver = false, steps = 0; !isOver; steps++) {
      expect(steps).toBeLessThan(12);
      const more = await takeImport(services.ctx, ports, record.id, aStep()).catch((error: Error) => error.message);
      isOver = more === undefined;
    }
    expect(moments.size).toBe(0);
    expect(await rowsOf(services, record)).toMatchObject({ state: "done", rowCount: 4, taken: 4, refused: [] });
    const { objects } = await env.RECORDINGS.list({ prefix: `recordings/${record.workspaceId}/` });
    expect(objects).toHaveLength(4);
  });
});

test("a table that is none ends the import with the line at fault", async () => {
  await withServices(async (services) => {
    const record = await started(services, ['"never closed,2024-05-01T10:00:00Z', "x".repeat(20_000)], []);
    await expect(taken(services, record)).rejects.toThrow(/The table is no CSV file: .*at line \d/);
  });
});

test("of one folder's files no second import begins, nor goes on, while one is under way", async () => {
  await withServices(async (services) => {
    const record = await started(services, [], []);
    const { workspaceId, prefix } = record;
    await env.RECORDINGS.put(`${prefix}2024/calls.csv`, HEADINGS);
    await env.RECORDINGS.put(`imports/${workspaceId}/old-system-2/calls.csv`, HEADINGS);
    await expect(start(services, workspaceId, "old-system")).rejects.toThrow(/is being taken over/);
    await expect(start(services, workspaceId, "old-system/2024")).rejects.toThrow(/is being taken over/);

    const job = JOB_SUBJECTS["import.take"];
    const payload = { importId: record.id };
    const failure = { code: "internal", message: "It failed.", at: new Date().toISOString(), canRetry: true };
    await services.ctx.unitOfWork((tx) => job.giveUp(services.ctx, tx, payload, failure));
    const second = await start(services, workspaceId, "old-system/2024");
    await expect(services.ctx.unitOfWork((tx) => job.runAgain(services.ctx, tx, payload))).rejects.toThrow(
      /is being taken over/,
    );
    await taken(services, second);
    const inNinetyDays = { ...services.ctx, clock: { now: () => new Date(Date.now() + 90 * 86_400_000) } };
    await expect(services.ctx.unitOfWork((tx) => job.runAgain(inNinetyDays, tx, payload))).rejects.toThrow(
      /too long ago/,
    );
    await services.ctx.unitOfWork((tx) => job.runAgain(services.ctx, tx, payload));
    await start(services, workspaceId, "old-system-2");
  });
});

test("a line with a sign that the record cannot hold refuses itself and no other", { timeout: 60_000 }, async () => {
  await withServices(async (services) => {
    const said = "2024-05-01T10:00:00Z,inbound,+14155550123,+14155550199,";
    const record = await started(services, [`on\0e.wav,${said}`, `two.wav,${said}`], ["two.wav"]);
    expect(await taken(services, record)).toMatchObject({ state: "done", rowCount: 2 });
    expect(await rowsOf(services, record)).toMatchObject({
      taken: 1,
      refused: [{ line: 1, file: "on\ufffde.wav", reason: expect.stringMatching(/^file: /) }],
    });
  });
});

test("a file that somebody thought dead has taken over is not told as missing", { timeout: 60_000 }, async () => {
  await withServices(async (services) => {
    const said = "2024-05-01T10:00:00Z,inbound,+14155550123,+14155550199,";
    const record = await started(services, [`one.wav,${said}`], ["one.wav"]);
    const { ctx, ports } = services;
    await takeImport(ctx, ports, record.id, aStep());
    const die = async (key: string) => {
      await ports.store.remove(key);
      throw new Error("Died after the removal");
    };
    const dying = { ...ports, store: { ...ports.store, remove: die } };
    const overtaken = {
      ...ports,
      store: {
        ...ports.store,
        head: async (key: string) => {
          await expect(takeImport(ctx, dying, record.id, aStep())).rejects.toThrow("Died");
          return ports.store.head(key);
        },
      },
    };
    await takeImport(ctx, overtaken, record.id, aStep());
    expect(await rowsOf(services, record)).toMatchObject({ taken: 1, refused: [] });
  });
});

const ONE_LINE = "one.wav,2024-05-01T10:00:00Z,inbound,+14155550123,+14155550199,";

/** Takes an import's only file over as somebody does who dies before or after it is stored. */
async function dieAtPut({ ctx, ports }: Services, { id }: ImportRecord, moment: "before" | "after"): Promise<void> {
  await takeImport(ctx, ports, id, aStep());
  const putOnce = async (...put: Parameters<typeof ports.store.putOnce>) => {
    if (moment === "after") await ports.store.putOnce(...put);
    throw new Error("Died at the put");
  };
  const dying = { ...ports, store: { ...ports.store, putOnce } };
  await expect(takeImport(ctx, dying, id, aStep())).rejects.toThrow("Died");
}

/** Puts another sound of the same length in the place of an import's only file. */
async function replaceFile({ prefix }: ImportRecord): Promise<void> {
  const another = aSound();
  another[another.length - 1] = 9;
  await env.RECORDINGS.put(`${prefix}one.wav`, another);
}

test("the sweep leaves a file whose import broke off, and one that is cancelled leaves it to the next", {
  timeout: 60_000,
}, async () => {
  await withServices(async (services) => {
    const record = await started(services, [ONE_LINE], ["one.wav"]);
    const { ctx, database, ports } = services;
    await dieAtPut(services, record, "after");
    await sweepUploads({ ...ctx, clock: { now: () => new Date(Date.now() + 3_600_000) } }, ports.store);
    const checks = await database.read({ kind: "system", reason: "test" }, ({ db }) =>
      db.execute(sql`select from jobs where kind = 'upload.check' and workspace_id = ${uuidOf(record.workspaceId)}`),
    );
    expect(checks.rowCount).toBe(0);
    await ctx.unitOfWork((tx) => JOB_SUBJECTS["import.take"].cancelled(ctx, tx, { importId: record.id }));
    const second = await start(services, record.workspaceId, "old-system");
    expect(await taken(services, second)).toMatchObject({ state: "done" });
    expect(await rowsOf(services, second)).toMatchObject({ taken: 1, refused: [] });
  });
});

test("a file that was replaced between two attempts is taken as it is now", { timeout: 60_000 }, async () => {
  await withServices(async (services) => {
    const record = await started(services, [ONE_LINE], ["one.wav"]);
    await dieAtPut(services, record, "before");
    await replaceFile(record);
    expect(await taken(services, record)).toMatchObject({ state: "done" });
    expect(await rowsOf(services, record)).toMatchObject({ taken: 1, refused: [] });
  });
});

test("a file that was replaced after it was stored is refused, and stays for another import", {
  timeout: 60_000,
}, async () => {
  await withServices(async (services) => {
    const record = await started(services, [ONE_LINE], ["one.wav"]);
    await dieAtPut(services, record, "after");
    await replaceFile(record);
    expect(await taken(services, record)).toMatchObject({ state: "done" });
    expect(await rowsOf(services, record)).toMatchObject({
      taken: 0,
      refused: [{ line: 1, reason: expect.stringMatching(/^The file was replaced/) }],
    });
    expect(await env.RECORDINGS.head(`${record.prefix}one.wav`)).not.toBeNull();
    const second = await start(services, record.workspaceId, "old-system");
    await taken(services, second);
    expect(await rowsOf(services, second)).toMatchObject({ taken: 1, refused: [] });
  });
});
