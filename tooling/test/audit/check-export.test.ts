import { type AuditLine, auditSha256, auditText } from "@earwitness/shared/audit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLog } from "../../src/audit/check-log.ts";
import { type Act, aFile, aLog, anAct, anExport, headOf } from "./a-log.ts";

const acts = fc.array(anAct, { minLength: 2, maxLength: 12 });

async function findingsIn(lines: readonly string[], options: Parameters<typeof checkLog>[1] = {}, chunkBytes = 1000) {
  return (await checkLog(aFile(lines, chunkBytes), options)).findings;
}

/** Tries it on logs and places in them at random. */
async function always(tamper: (log: AuditLine[], at: number) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(acts, fc.nat(), async (all: Act[], place) => {
      const log = await aLog(all);
      await tamper(log, place % log.length);
    }),
    { numRuns: 60 },
  );
}

const without = <T>(all: readonly T[], at: number) => all.toSpliced(at, 1);

describe("an export is checked", () => {
  test("and is whole as it was taken out, however its bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.integer({ min: 1, max: 300 }), async (all: Act[], chunkBytes) => {
        const log = await aLog(all);
        const { findings, logs } = await checkLog(aFile(anExport(log), chunkBytes));
        expect(findings).toEqual([]);
        expect(logs).toEqual([{ ...headOf(log).head, firstN: 1 }]);
      }),
      { numRuns: 60 },
    );
  });

  test("an altered entry is found in its line, whichever byte of it was touched", async () => {
    await fc.assert(
      fc.asyncProperty(
        acts,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (all: Act[], line, byte, by) => {
          const lines = anExport(await aLog(all));
          const at = line % lines.length;
          const bytes = Buffer.from(lines[at] ?? "");
          bytes[byte % bytes.length] = (bytes[byte % bytes.length] ?? 0) ^ by;
          const parts = [
            `${lines.slice(0, at).join("\n")}${at > 0 ? "\n" : ""}`,
            `\n${lines.slice(at + 1).join("\n")}\n`,
          ];
          const file = Buffer.concat([Buffer.from(parts[0] ?? ""), bytes, Buffer.from(parts[1] ?? "")]);
          const { findings } = await checkLog(chunksOf(file));
          expect(findings.some((finding) => finding.line === at + 1)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("an altered entry that was sealed anew is found in the next", () =>
    always(async (log, at) => {
      const original = log[at];
      if (original === undefined || at === log.length - 1) return;
      const forged = { ...original, action: "forged" };
      const sealed = { ...forged, sha256: await auditSha256(forged) };
      const findings = await findingsIn(anExport(log.with(at, sealed)));
      expect(findings).toEqual([
        expect.objectContaining({ line: at + 2, what: expect.stringContaining("does not follow") }),
      ]);
    }));

  test("an entry that was taken out is found where it is missing", () =>
    always(async (log, at) => {
      const lines = without(anExport(log), at);
      const what = `entry ${at + 1} is missing ${at === log.length - 1 ? "at the end" : `before entry ${at + 2}`}.`;
      expect(await findingsIn(lines)).toEqual([expect.objectContaining({ line: at + 1, what })]);
    }));

  test("an entry that was moved is found", () =>
    always(async (log, at) => {
      const to = (at + 1) % log.length;
      const moved = without(log, at).toSpliced(to, 0, ...log.slice(at, at + 1));
      const lines = [...moved.map(auditText), auditText(headOf(log))];
      expect((await findingsIn(lines)).length).toBeGreaterThan(0);
    }));

  test("an entry that was put in is found in its line", () =>
    always(async (log, at) => {
      const [original] = log.slice(at, at + 1);
      if (original === undefined) return;
      const put = { ...original, action: "put.in" };
      const sealed = { ...put, sha256: await auditSha256(put) };
      const lines = [...log.toSpliced(at + 1, 0, sealed).map(auditText), auditText(headOf(log))];
      const findings = await findingsIn(lines);
      expect(findings).toContainEqual(
        expect.objectContaining({
          line: at + 2,
          what: `entry ${at + 1} comes after entry ${at + 1}: moved or put in.`,
        }),
      );
    }));

  test("one that was cut is found by the head that it lacks, wherever it was cut", () =>
    always(async (log, at) => {
      const findings = await findingsIn(anExport(log).slice(0, at + 1));
      expect(findings).toEqual([expect.objectContaining({ what: expect.stringContaining("was cut, or broke off") })]);
    }));

  test("one that was cut and given another head is found by the head that was noted before", () =>
    always(async (log, at) => {
      if (at === 0) return;
      const cut = anExport(log.slice(0, at));
      const noted = headOf(log).head;
      expect(await findingsIn(cut)).toEqual([]);
      expect(await findingsIn(cut, { noted: [noted] })).toEqual([
        expect.objectContaining({ what: `the log had ${log.length} entries when that was noted, and ends at ${at}.` }),
      ]);
    }));

  test("one that was written anew as a whole is found by any head that was noted before", () =>
    always(async (log, at) => {
      const noted = { ...headOf(log.slice(0, at + 1)).head, workspaceId: null };
      const anew = await aLog(
        log.map((entry) => ({ action: "session.opened", at: new Date(entry.at), details: {}, userAgent: null })),
      );
      expect(await findingsIn(anExport(anew))).toEqual([]);
      expect(await findingsIn(anExport(anew), { noted: [noted] })).toEqual([
        expect.objectContaining({ line: at + 1, what: `entry ${at + 1} was ${noted.sha256} when it was noted.` }),
      ]);
      expect(await findingsIn(anExport(log), { noted: [noted] })).toEqual([]);
    }));

  test("one that goes on from an earlier one fits on it, and on no other", () =>
    always(async (log, at) => {
      const later = log.slice(at + 1);
      if (later.length === 0) return;
      const after = headOf(log.slice(0, at + 1)).head;
      expect(await findingsIn(anExport(later), { after })).toEqual([]);
      expect((await findingsIn(anExport(later))).length).toBe(1);
      expect((await findingsIn(anExport(later), { after: { ...after, sha256: "0".repeat(64) } })).length).toBe(1);
    }));

  test("many workspaces' logs in one file, line by line in turn, are each checked by themselves", async () => {
    await fc.assert(
      fc.asyncProperty(acts, acts, fc.nat(), async (ours: Act[], theirs: Act[], place) => {
        const logs = [anExport(await aLog(ours)), anExport(await aLog(theirs))] as const;
        const longest = Math.max(logs[0].length, logs[1].length);
        const mixed = Array.from({ length: longest }, (_, i) => logs.flatMap((log) => log.slice(i, i + 1))).flat();
        expect(await findingsIn(mixed)).toEqual([]);
        expect((await findingsIn(without(mixed, place % mixed.length))).length).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  test("a field that nobody hashes, a key twice, a file of something else", async () => {
    const log = await aLog([{ action: "session.opened", at: new Date(0), details: {}, userAgent: null }]);
    const [entry, head] = anExport(log) as [string, string];
    for (const line of [
      entry.replace("{", '{"note":"x",'),
      entry.replace('"action"', '"action":"read","action"'),
      `${entry} `,
    ]) {
      expect((await findingsIn([line, head]))[0]).toMatchObject({ line: 1 });
    }
    for (const lines of [[], ["hello"], ["{}"]]) {
      expect((await findingsIn(lines)).at(-1)).toMatchObject({ what: "the file holds no audit log." });
    }
    const gone = { workspaceId: "ws_01h455vb4pex5vsknk084sn02q", n: 3, sha256: "0".repeat(64) };
    expect(await findingsIn([entry, head], { noted: [gone] })).toEqual([
      expect.objectContaining({ workspaceId: gone.workspaceId, what: "the file does not hold this log." }),
    ]);
  });
});

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
