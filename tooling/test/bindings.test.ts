import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../src/paths.ts";
import { missingSettings, readSettings, workerBindings } from "../src/stack/bindings.ts";

const emulated = {
  telnyx: { url: "http://telnyx", apiKey: "emulated", publicKey: "pk", connectionId: "1", numbers: [] },
  assemblyai: { url: "http://assemblyai", apiKey: "emulated" },
  resend: { url: "http://resend", apiKey: "emulated", webhookSecret: "whsec_emulated" },
  google: { url: "http://google", clientId: "emulated", clientSecret: "emulated" },
  github: { url: "http://github", clientId: "emulated", clientSecret: "emulated" },
  control: { url: "http://control" },
  configure: () => {},
  close: async () => {},
};
const secrets = {
  authSecret: "a",
  assemblyaiWebhookSecret: "b",
  liveSecret: "c",
  linkSecret: "l",
  r2AccessKeyId: "c",
  r2SecretAccessKey: "d",
  databaseOwnerPassword: "e",
  databaseAppPassword: "f",
};
const bindingsWith = (environment: NodeJS.ProcessEnv) =>
  workerBindings({
    settings: readSettings(environment),
    emulators: emulated,
    secrets,
    appOrigin: "http://app",
    webhooksOrigin: "http://webhooks",
    storageOrigin: "http://storage",
  });

describe("the workers' settings", () => {
  it("are those that .env.example offers", () => {
    const example = readFileSync(path.join(REPOSITORY, ".env.example"), "utf8");
    const offered = [...example.matchAll(/^([A-Z0-9_]+)=$/gm)].map(([, name]) => name);
    const everything = new Proxy<NodeJS.ProcessEnv>({}, { get: () => "set" });
    expect(offered.sort()).toEqual(Object.keys(readSettings(everything)).sort());
  });

  it("point to the stand-ins when nothing is set, an empty value being nothing", () => {
    expect(bindingsWith({ TELNYX_API_KEY: "", ASSEMBLYAI_API_KEY: "  " })).toMatchObject({
      TELNYX_BASE_URL: "http://telnyx",
      ASSEMBLYAI_BASE_URL: "http://assemblyai",
      RESEND_BASE_URL: "http://resend",
      GOOGLE_ISSUER: "http://google",
      GITHUB_BASE_URL: "http://github",
      R2_S3_ENDPOINT: "http://storage/cdn-cgi/local/r2/s3",
    });
  });

  it("differ in one vendor's address and secrets alone when its key is set", () => {
    const standIns = bindingsWith({});
    const real = bindingsWith({ TELNYX_API_KEY: "KEY1", TELNYX_PUBLIC_KEY: "real", TELNYX_CONNECTION_ID: "9" });
    const changed = Object.keys(real).filter((name) => real[name] !== standIns[name]);
    expect(changed.sort()).toEqual(["TELNYX_API_KEY", "TELNYX_BASE_URL", "TELNYX_CONNECTION_ID", "TELNYX_PUBLIC_KEY"]);
    expect(real.TELNYX_BASE_URL).toBe("https://api.telnyx.com");
  });

  it("name what a real vendor still needs", () => {
    expect(missingSettings(readSettings({}))).toEqual([]);
    const missing = missingSettings(
      readSettings({ TELNYX_API_KEY: "KEY1", ASSEMBLYAI_API_KEY: "k", RESEND_API_KEY: "r" }),
    );
    for (const name of [
      "TELNYX_PUBLIC_KEY",
      "TELNYX_CONNECTION_ID",
      "WEBHOOKS_ORIGIN",
      "STORAGE_ORIGIN",
      "MAIL_FROM",
    ]) {
      expect(missing.join("\n")).toContain(`${name} is not set`);
    }
  });
});
