import type { Emulators } from "@earwitness/emulators";
import type { LocalSecrets } from "./local-secrets.ts";

/** What a person may set, in the shell or in `.env`: real vendors instead of stand-ins, another database. */
export type Settings = Partial<Record<SettingName, string>>;
const SETTING_NAMES = [
  "TELNYX_API_KEY",
  "TELNYX_PUBLIC_KEY",
  "TELNYX_CONNECTION_ID",
  "ASSEMBLYAI_API_KEY",
  "RESEND_API_KEY",
  "RESEND_WEBHOOK_SECRET",
  "MAIL_FROM",
  "CONTACT_TO",
  "MAIL_DRIVER",
  "SMTP_HOST",
  "SMTP_PORT",
  "SMTP_USERNAME",
  "SMTP_PASSWORD",
  "SIGN_UP",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
  "WEBHOOKS_ORIGIN",
  "STORAGE_ORIGIN",
  "DATABASE_URL",
] as const;
type SettingName = (typeof SETTING_NAMES)[number];

/** Picks the settings out of an environment; an empty value counts as not set. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const settings: Settings = {};
  for (const name of SETTING_NAMES) {
    const value = environment[name]?.trim();
    if (value) settings[name] = value;
  }
  return settings;
}

export type Vendor = "telnyx" | "assemblyai" | "resend" | "google" | "github";

/** Which vendors are the real ones. */
export function realVendors(settings: Settings): Set<Vendor> {
  const real = new Set<Vendor>();
  if (settings.TELNYX_API_KEY) real.add("telnyx");
  if (settings.ASSEMBLYAI_API_KEY) real.add("assemblyai");
  if (settings.RESEND_API_KEY) real.add("resend");
  if (settings.GOOGLE_CLIENT_ID) real.add("google");
  if (settings.GITHUB_CLIENT_ID) real.add("github");
  return real;
}

/**
 * What real vendors need and the settings lack, one sentence each. Empty when the stack may start.
 */
export function missingSettings(settings: Settings): string[] {
  const real = realVendors(settings);
  const missing: string[] = [];
  const need = (name: SettingName, why: string) => {
    if (!settings[name]) missing.push(`${name} is not set: ${why}`);
  };
  if (real.has("telnyx")) {
    need("TELNYX_PUBLIC_KEY", "the carrier's notices are verified with it.");
    need("TELNYX_CONNECTION_ID", "it names the Call Control application that calls go through.");
    need("WEBHOOKS_ORIGIN", "the carrier must reach the webhooks worker from outside, through a tunnel.");
  }
  if (real.has("assemblyai")) {
    need("WEBHOOKS_ORIGIN", "the transcriber must reach the webhooks worker from outside, through a tunnel.");
    need("STORAGE_ORIGIN", "the transcriber must fetch recordings from outside, through a tunnel to the storage port.");
  }
  if (real.has("resend")) need("MAIL_FROM", "mails are sent in its name, and its domain must be yours.");
  if (settings.MAIL_DRIVER === "smtp") {
    for (const name of ["MAIL_FROM", "SMTP_HOST", "SMTP_USERNAME", "SMTP_PASSWORD"] as const) {
      need(name, "mails are to go through an SMTP server.");
    }
  }
  if (real.has("google")) need("GOOGLE_CLIENT_SECRET", "Google gives both to an application that is registered there.");
  if (real.has("github")) need("GITHUB_CLIENT_SECRET", "GitHub gives both to an application that is registered there.");
  return missing;
}

/**
 * The vars and secrets of all workers, by the names of docs and wrangler.toml; each worker parses those it knows.
 * Real vendors and stand-ins differ in nothing but these values.
 */
export function workerBindings(options: {
  settings: Settings;
  emulators: Emulators;
  secrets: LocalSecrets;
  appOrigin: string;
  webhooksOrigin: string;
  storageOrigin: string;
}): Record<string, string> {
  const { settings, emulators, secrets } = options;
  const real = realVendors(settings);
  const telnyx = real.has("telnyx")
    ? {
        TELNYX_BASE_URL: "https://api.telnyx.com",
        TELNYX_API_KEY: settings.TELNYX_API_KEY ?? "",
        TELNYX_PUBLIC_KEY: settings.TELNYX_PUBLIC_KEY ?? "",
        TELNYX_CONNECTION_ID: settings.TELNYX_CONNECTION_ID ?? "",
      }
    : {
        TELNYX_BASE_URL: emulators.telnyx.url,
        TELNYX_API_KEY: emulators.telnyx.apiKey,
        TELNYX_PUBLIC_KEY: emulators.telnyx.publicKey,
        TELNYX_CONNECTION_ID: emulators.telnyx.connectionId,
      };
  return {
    ...telnyx,
    ASSEMBLYAI_BASE_URL: real.has("assemblyai") ? "https://api.assemblyai.com" : emulators.assemblyai.url,
    ASSEMBLYAI_API_KEY: settings.ASSEMBLYAI_API_KEY ?? emulators.assemblyai.apiKey,
    ASSEMBLYAI_WEBHOOK_SECRET: secrets.assemblyaiWebhookSecret,
    ASSEMBLYAI_STREAMING_URL: real.has("assemblyai")
      ? "wss://streaming.assemblyai.com"
      : emulators.assemblyai.url.replace(/^http/, "ws"),
    LIVE_SECRET: secrets.liveSecret,
    LINK_SECRET: secrets.linkSecret,
    // Nobody but whoever is at this machine gets here.
    SIGN_UP: settings.SIGN_UP ?? "open",
    ...identityProviders(settings, emulators),
    MAIL_DRIVER: settings.MAIL_DRIVER ?? "resend",
    ...smtpServer(settings),
    RESEND_BASE_URL: real.has("resend") ? "https://api.resend.com" : emulators.resend.url,
    RESEND_API_KEY: settings.RESEND_API_KEY ?? emulators.resend.apiKey,
    // Notices of the real service come through a tunnel, signed with the secret of an endpoint that is registered there.
    RESEND_WEBHOOK_SECRET: settings.RESEND_WEBHOOK_SECRET ?? (real.has("resend") ? "" : emulators.resend.webhookSecret),
    MAIL_FROM: settings.MAIL_FROM ?? "Earwitness <no-reply@example.com>",
    CONTACT_TO: settings.CONTACT_TO ?? "contact@example.com",
    AUTH_SECRET: secrets.authSecret,
    APP_ORIGIN: options.appOrigin,
    WEBHOOKS_ORIGIN: settings.WEBHOOKS_ORIGIN ?? options.webhooksOrigin,
    R2_S3_ENDPOINT: `${settings.STORAGE_ORIGIN ?? options.storageOrigin}/cdn-cgi/local/r2/s3`,
    R2_BUCKET: "earwitness-recordings",
    R2_ACCESS_KEY_ID: secrets.r2AccessKeyId,
    R2_SECRET_ACCESS_KEY: secrets.r2SecretAccessKey,
  };
}

/** The identity providers: their stand-ins, or the real ones where an application of the person's is registered with them. */
function identityProviders(settings: Settings, { google, github }: Emulators): Record<string, string> {
  const real = realVendors(settings);
  return {
    GOOGLE_ISSUER: real.has("google") ? "https://accounts.google.com" : google.url,
    GOOGLE_CLIENT_ID: settings.GOOGLE_CLIENT_ID ?? google.clientId,
    GOOGLE_CLIENT_SECRET: settings.GOOGLE_CLIENT_SECRET ?? google.clientSecret,
    GITHUB_BASE_URL: real.has("github") ? "" : github.url,
    GITHUB_CLIENT_ID: settings.GITHUB_CLIENT_ID ?? github.clientId,
    GITHUB_CLIENT_SECRET: settings.GITHUB_CLIENT_SECRET ?? github.clientSecret,
  };
}

function smtpServer({ SMTP_HOST, SMTP_PORT, SMTP_USERNAME, SMTP_PASSWORD }: Settings): Record<string, string> {
  return {
    ...(SMTP_HOST && { SMTP_HOST }),
    ...(SMTP_PORT && { SMTP_PORT }),
    ...(SMTP_USERNAME && { SMTP_USERNAME }),
    ...(SMTP_PASSWORD && { SMTP_PASSWORD }),
  };
}
