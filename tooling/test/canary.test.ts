import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreatedApiKey, LiveTokenView, TokenPair } from "@earwitness/shared";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REPOSITORY } from "../src/paths.ts";
import type { OpenWorkspace } from "../src/session/open-workspace.ts";
import { WORKERS } from "../src/stack/workers.ts";
import { useStack } from "./support/use-stack.ts";
import { expectWhole, newCaller, settle } from "./support/whole-call.ts";

/** A value that is found nowhere but where it was put. */
const canary = (name: string) => `canary-${name}-${randomBytes(16).toString("hex")}`;

/** Every secret of the workers, by the name of its binding. */
const SECRETS = {
  AUTH_SECRET: canary("auth"),
  LIVE_SECRET: canary("live"),
  LINK_SECRET: canary("link"),
  ASSEMBLYAI_WEBHOOK_SECRET: canary("transcriber-notice"),
  TELNYX_API_KEY: canary("carrier"),
  ASSEMBLYAI_API_KEY: canary("transcriber"),
  RESEND_API_KEY: canary("mail"),
  RESEND_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
  GOOGLE_CLIENT_SECRET: canary("google"),
  GITHUB_CLIENT_SECRET: canary("github"),
  R2_ACCESS_KEY_ID: canary("storage-id"),
  R2_SECRET_ACCESS_KEY: canary("storage"),
};
/** What is in no binding of its own, but in the address of the database. */
const PASSWORDS = { databaseOwnerPassword: canary("owner"), databaseAppPassword: canary("app") };
const stateFolder = mkdtempSync(path.join(tmpdir(), "earwitness-canary-"));
writeFileSync(
  path.join(stateFolder, "secrets.json"),
  JSON.stringify({
    ...PASSWORDS,
    authSecret: SECRETS.AUTH_SECRET,
    liveSecret: SECRETS.LIVE_SECRET,
    linkSecret: SECRETS.LINK_SECRET,
    assemblyaiWebhookSecret: SECRETS.ASSEMBLYAI_WEBHOOK_SECRET,
    r2AccessKeyId: SECRETS.R2_ACCESS_KEY_ID,
    r2SecretAccessKey: SECRETS.R2_SECRET_ACCESS_KEY,
  }),
);
const product = useStack({
  stateFolder,
  emulators: {
    telnyx: { pace: 10, apiKey: SECRETS.TELNYX_API_KEY },
    assemblyai: { apiKey: SECRETS.ASSEMBLYAI_API_KEY },
    resend: { apiKey: SECRETS.RESEND_API_KEY, webhookSecret: SECRETS.RESEND_WEBHOOK_SECRET },
    google: { clientSecret: SECRETS.GOOGLE_CLIENT_SECRET },
    github: { clientSecret: SECRETS.GITHUB_CLIENT_SECRET },
  },
});

/** Secrets that are made while it runs, each told once to who shall have it. */
const made: Record<string, string> = {};
/** Everything that was answered, but for what tells one of those. */
const answers: string[] = [];

async function ask(url: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(url, { redirect: "manual", ...init });
  answers.push(`${url} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
}

/** A call from its first ring to its words, people and programs who sign in, and everything going wrong that can. */
async function live(): Promise<void> {
  const { urls } = product.stack;
  const workspace = await product.openWorkspace();
  made.session = workspace.cookie.split("=")[1] ?? "";
  made.apiKey = workspace.apiKey;
  await tellsSecrets(workspace);
  await callAndRead(workspace);

  const keys = Object.values({ ...SECRETS, ...made });
  const json = { "content-type": "application/json" };
  for (const secret of keys) {
    // Everywhere where somebody may put a secret that is none there.
    await ask(`${urls.api}/v1/calls?cursor=${secret}`, { headers: { authorization: `Bearer ${secret}` } });
    await ask(`${urls.api}/v1/calls`, { headers: { cookie: `authjs.session-token=${secret}` } });
    await ask(`${urls.api}/auth/confirm`, {
      method: "POST",
      headers: { ...json, origin: urls.api },
      body: JSON.stringify({ token: secret, email: "nobody@example.com" }),
    });
    await ask(`${urls.api}/v1/tokens/refresh`, { method: "POST", headers: json, body: `{"refreshToken":"${secret}"}` });
    await ask(`${urls.webhooks}/webhooks/telnyx`, { method: "POST", headers: { "telnyx-signature-ed25519": secret } });
    await ask(`${urls.webhooks}/webhooks/assemblyai`, {
      method: "POST",
      headers: { "x-earwitness-secret": `${secret}x` },
    });
    await ask(`${urls.webhooks}/media/${secret}`, { headers: { upgrade: "websocket" } }).catch(() => undefined);
  }
  // Vendors that refuse, and a database that is away.
  await product.control("POST", "/faults", { target: "telnyx", effect: "status", status: 401, times: 1 });
  await product.control("POST", "/faults", { target: "assemblyai", effect: "status", status: 500, times: 1 });
  await ask(`${urls.api}/v1/checks`, { headers: { authorization: `Bearer ${workspace.apiKey}` } });
  await product.stack.postgres?.stop();
  await ask(`${urls.api}/v1/calls`, { headers: { authorization: `Bearer ${workspace.apiKey}` } });
  await ask(`${urls.api}/ready`);
  await product.stack.postgres?.start();
}

/** Has every secret made that the API tells somebody once. */
async function tellsSecrets({ client, cookie }: OpenWorkspace): Promise<void> {
  const { urls } = product.stack;
  const pair = await client.request(TokenPair, "POST", "/v1/tokens", {});
  Object.assign(made, { accessToken: pair.accessToken, refreshToken: pair.refreshToken });
  made.liveToken = (await client.request(LiveTokenView, "POST", "/v1/live-tokens", { callId: null })).token;
  const keyed = await fetch(`${urls.api}/v1/api-keys`, {
    method: "POST",
    headers: {
      cookie,
      origin: urls.api,
      "content-type": "application/json",
      "idempotency-key": "canary-key-of-a-client",
    },
    body: JSON.stringify({ name: "Kept with its answer" }),
  });
  made.keyedApiKey = CreatedApiKey.parse(await keyed.json()).key;
}

async function callAndRead(workspace: OpenWorkspace): Promise<void> {
  const from = newCaller();
  const callSessionId = await product.ringIn({ from, to: workspace.numbers[0]?.e164 });
  const followed = await settle(product, workspace, { callSessionId, from });
  expectWhole(followed);
  const { urls } = product.stack;
  const headers = { authorization: `Bearer ${workspace.apiKey}` };
  for (const place of [
    "",
    `/${followed.call.id}`,
    `/${followed.call.id}/recordings`,
    `/${followed.call.id}/transcript`,
  ]) {
    await ask(`${urls.api}/v1/calls${place}`, { headers });
  }
  for (const place of ["me", "api-keys", "sessions", "audit", "members", "workspace"]) {
    await ask(`${urls.api}/v1/${place}`, { headers: { cookie: workspace.cookie } });
  }
  await ask(`${urls.api}/v1/openapi.json`);
}

beforeAll(live, 180_000);
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

/** The secrets that `text` holds, by name. */
function found(text: string, secrets: Record<string, string> = { ...SECRETS, ...PASSWORDS, ...made }): string[] {
  return Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [name] : []));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe("a secret", () => {
  it("is a canary, whichever the workers need", async () => {
    const { unstable_readConfig: readConfig } = await import("wrangler");
    const needed = WORKERS.flatMap(
      (worker) =>
        readConfig({ config: path.join(REPOSITORY, "workers", worker, "wrangler.toml") }).secrets?.required ?? [],
    );
    expect(needed.length).toBeGreaterThan(5);
    expect(Object.keys(SECRETS)).toEqual(expect.arrayContaining([...new Set(needed)]));
    for (const [name, value] of Object.entries(made)) expect(value.length, name).toBeGreaterThan(20);
  });

  it("is in no log", () => {
    const log = readFileSync(path.join(stateFolder, "workers.log"), "utf8");
    expect(log.split("\n").length).toBeGreaterThan(50);
    expect(found(log)).toEqual([]);
  });

  it("is in no answer", () => {
    expect(answers.length).toBeGreaterThan(80);
    // What a caller sent in the address is in the caller's own line.
    const spoken = answers.map((line) => line.slice(line.indexOf(" "))).join("\n");
    expect(found(spoken)).toEqual([]);
  });

  it("is in no bundle, of the workers or of the web", () => {
    const web = path.join(REPOSITORY, "apps/web/out");
    const files = [...filesUnder(path.join(stateFolder, "bundles")), ...(existsSync(web) ? filesUnder(web) : [])];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(found(readFileSync(file, "latin1")), file).toEqual([]);
  });

  it("is in no object of R2, no room and no queue", () => {
    const files = filesUnder(path.join(stateFolder, "storage"));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(found(readFileSync(file, "latin1")), file).toEqual([]);
  });

  it("is in no column of the database", async () => {
    const client = new pg.Client(product.stack.databaseUrl);
    await client.connect();
    // The walls keep even the tables' owner out, who would find nothing wherever it was.
    await client.query("select set_config('app.actor', 'system', false)");
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')",
      );
      expect(tables.length).toBeGreaterThan(20);
      let rowsSeen = 0;
      for (const { name } of tables) {
        const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
        rowsSeen += rows.length;
        expect(found(rows.map(({ row }) => row).join("\n")), name).toEqual([]);
      }
      expect(rowsSeen).toBeGreaterThan(50);
    } finally {
      await client.end();
    }
  });

  it("would be found where it is", () => {
    mkdirSync(path.join(stateFolder, "planted"), { recursive: true });
    const file = path.join(stateFolder, "planted", "leak");
    for (const [name, value] of Object.entries({ ...SECRETS, ...PASSWORDS, ...made })) {
      writeFileSync(file, `{"message":"request","token":"${value}"}`);
      expect(found(readFileSync(file, "latin1"))).toContain(name);
    }
  });
});
