import { parseArgs } from "node:util";
import { startEmulators } from "./index.ts";

const HELP = `Starts the stand-ins for Telnyx, AssemblyAI, Resend, Google and GitHub, and prints one line of JSON with where they are and their keys.

  --host HOST               default 127.0.0.1
  --telnyx-port PORT        and --assemblyai-port, --resend-port, --google-port, --github-port, --control-port;
                            default: free ports
  --webhook-url URL         where Telnyx's webhooks go; can be set later by PATCH /v2/call_control_applications/{id}
  --failover-url URL        where they go when that fails
  --pace N                  ringing and speech pass N times faster
  --resend-requests-per-second N
  --resend-webhook-url URL  where Resend's notices of mails go
  --app-origin ORIGIN       whose /auth/callback/google and /auth/callback/github are registered
`;

const { values } = parseArgs({
  options: {
    host: { type: "string" },
    "telnyx-port": { type: "string" },
    "assemblyai-port": { type: "string" },
    "resend-port": { type: "string" },
    "google-port": { type: "string" },
    "github-port": { type: "string" },
    "control-port": { type: "string" },
    "app-origin": { type: "string" },
    "webhook-url": { type: "string" },
    "failover-url": { type: "string" },
    pace: { type: "string" },
    "resend-requests-per-second": { type: "string" },
    "resend-webhook-url": { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const emulators = await startEmulators({
    host: values.host ?? "127.0.0.1",
    ports: {
      telnyx: portOf(values["telnyx-port"]),
      assemblyai: portOf(values["assemblyai-port"]),
      resend: portOf(values["resend-port"]),
      google: portOf(values["google-port"]),
      github: portOf(values["github-port"]),
      control: portOf(values["control-port"]),
    },
    telnyx: { pace: Number(values.pace ?? 1) },
    ...(values["resend-requests-per-second"] !== undefined && {
      resend: { requestsPerSecond: Number(values["resend-requests-per-second"]) },
    }),
  });
  emulators.configure({
    telnyx: { webhookUrl: values["webhook-url"] ?? null, failoverUrl: values["failover-url"] ?? null },
    resend: { webhookUrl: values["resend-webhook-url"] ?? null },
    google: { redirectUris: redirectUris("google") },
    github: { redirectUris: redirectUris("github") },
  });
  const { telnyx, assemblyai, resend, google, github, control } = emulators;
  const addresses = {
    telnyx: {
      url: telnyx.url,
      key: telnyx.apiKey,
      publicKey: telnyx.publicKey,
      connectionId: telnyx.connectionId,
      numbers: telnyx.numbers,
    },
    assemblyai: { url: assemblyai.url, key: assemblyai.apiKey },
    resend: { url: resend.url, key: resend.apiKey, webhookSecret: resend.webhookSecret },
    google,
    github,
    control: { url: control.url },
  };
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  const stop = () => void emulators.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function redirectUris(provider: string): string[] {
  const origin = values["app-origin"];
  return origin === undefined ? [] : [`${origin}/auth/callback/${provider}`];
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  process.stderr.write(`${text} is no port.\n`);
  process.exit(2);
}
