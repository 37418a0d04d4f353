import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AuditList, CallList, CallView } from "@earwitness/shared";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { REPOSITORY } from "../src/paths.ts";
import { apiClient } from "../src/session/api-client.ts";
import { eventually, useStack } from "./support/use-stack.ts";
import { newCaller } from "./support/whole-call.ts";

const product = useStack();
const folder = mkdtempSync(path.join(tmpdir(), "earwitness-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Failed = z.object({ code: z.int(), stdout: z.string(), stderr: z.string() });

/** Runs the checker as a person does, on a file with this text. */
async function check(text: string, ...options: string[]): Promise<{ code: number; output: string }> {
  const file = path.join(folder, `${crypto.randomUUID()}.jsonl`);
  writeFileSync(file, text);
  const program = [path.join(REPOSITORY, "tooling/src/audit-check.ts"), file, ...options];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, program);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = Failed.parse(error);
    return { code, output: stdout + stderr };
  }
}

test("who played which seconds of a call is in a log that anybody can check without us", async () => {
  const { client, cookie } = await product.openWorkspace();
  const person = apiClient(product.stack.urls.api, { cookie, origin: product.stack.urls.api });
  const from = newCaller();
  await product.ringIn({ from });
  const { id } = await eventually("the recording to be stored", async () => {
    const { calls } = await client.request(CallList, "GET", `/v1/calls?number=${encodeURIComponent(from)}`);
    return calls.find(({ recordingState }) => recordingState === "stored");
  });
  const [recording] = (await client.request(CallView, "GET", `/v1/calls/${id}`)).recordings;
  if (recording === undefined) throw new Error("A stored call has a recording.");

  const played = await person.fetch(`/v1/recordings/${recording.id}/audio`, { headers: { range: "bytes=0-" } });
  expect((await played.arrayBuffer()).byteLength).toBe(recording.sizeBytes);
  const { entries } = await person.request(AuditList, "GET", `/v1/audit?objectId=${recording.id}`);
  expect(entries).toEqual([
    expect.objectContaining({
      action: "recording.served",
      details: expect.objectContaining({ callId: id, fromMs: 0, toMs: recording.durationMs }),
    }),
  ]);

  const text = await (await person.fetch("/v1/audit/export")).text();
  const whole = await check(text);
  expect(whole).toMatchObject({
    code: 0,
    output: expect.stringMatching(/entries 1 to \d+: whole\. Head: \d+:[0-9a-f]{64}/),
  });
  const head = /Head: (\S+)/.exec(whole.output)?.[1] ?? "";
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.includes('"recording.served"'));
  const forged = lines.with(at, (lines[at] ?? "").replace('"fromMs":0', '"fromMs":9')).join("\n");
  expect(await check(forged)).toMatchObject({ code: 1, output: expect.stringContaining(`:${at + 1}: `) });

  // The log goes on, and still holds what was noted.
  const later = await (await person.fetch("/v1/audit/export")).text();
  expect(await check(later, "--head", head)).toMatchObject({ code: 0 });
  expect(await check(text, "--head", /Head: (\S+)/.exec((await check(later)).output)?.[1] ?? "")).toMatchObject({
    code: 1,
  });
  expect((await check(text, "--head", "nonsense")).code).toBe(2);
});
