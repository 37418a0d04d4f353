import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startEmulators } from "../src/index.ts";

test("the command prints one line of JSON, serves what it says, and ends on Ctrl-C", async () => {
  const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
  const child = spawn(process.execPath, [cli, "--pace", "20"], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  await once(child.stdout, "data");
  const addresses = JSON.parse(output);
  expect(output.trim().split("\n")).toHaveLength(1);
  const { telnyx, assemblyai, resend, control } = addresses;
  expect(telnyx.publicKey).toMatch(/^[\w+/]{43}=$/);
  const balance = await fetch(`${telnyx.url}/v2/balance`, { headers: { authorization: `Bearer ${telnyx.key}` } });
  expect(balance.status).toBe(200);
  const list = await fetch(`${assemblyai.url}/v2/transcript`, { headers: { authorization: assemblyai.key } });
  expect(list.status).toBe(200);
  const mail = await fetch(`${resend.url}/emails/none`, { headers: { authorization: `Bearer ${resend.key}` } });
  expect(mail.status).toBe(404);
  expect(await (await fetch(`${control.url}/health`)).json()).toEqual({
    ok: true,
    pace: 20,
    webhookUrl: null,
    liveLegs: 0,
    pendingNotices: 0,
  });
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(output.trim().split("\n")).toHaveLength(1);
});

test("started by pnpm, it has nothing else on standard output either", async () => {
  const repository = fileURLToPath(new URL("../../..", import.meta.url));
  const child = spawn("pnpm", ["emulators"], { cwd: repository, detached: true, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  try {
    await expect.poll(() => output, { timeout: 30_000 }).toContain('"control"');
  } finally {
    // As Ctrl-C does: to all that it started.
    process.kill(-(child.pid ?? 0), "SIGINT");
  }
  await once(child, "close");
  expect(JSON.parse(output)).toMatchObject({
    telnyx: { url: expect.any(String), key: expect.any(String) },
    assemblyai: { url: expect.any(String), key: expect.any(String) },
    resend: { url: expect.any(String), key: expect.any(String) },
  });
});

test("a taken port is named, and nothing is left listening", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(startEmulators({ ports: { control: port } })).rejects.toThrow(`Port ${port} on 127.0.0.1`);
  blocker.close();
});
