import { parseArgs } from "node:util";
import { startEmulators } from "./index.ts";

const HELP = `Starts the stand-ins for Telnyx, AssemblyAI and Resend, and prints one line of JSON with where they are and their keys.

  --host HOST               default 127.0.0.1
  --telnyx-port PORT        and --assemblyai-port, --resend-port, --control-port; default: free ports
  --webhook-url URL         where Telnyx's webhooks go; can be set later by PATCH /v2/call_control_applications/{id}
  --failover-url URL        where they go when that fails
  --pace N                  ringing and speech pass N times faster
  --resend-requests-per-second N
`;

const { values } = parseArgs({
  options: {
    host: { type: "string" },
    "telnyx-port": { type: "string" },
    "assemblyai-port": { type: "string" },
    "resend-port": { type: "string" },
    "control-port": { type: "string" },
    "webhook-url": { type: "string" },
    "failover-url": { type: "string" },
    pace: { type: "string" },
    "resend-requests-per-second": { type: "string" },
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
      control: portOf(values["control-port"]),
    },
    telnyx: { pace: Number(values.pace ?? 1) },
    ...(values["resend-requests-per-second"] !== undefined && {
      resend: { requestsPerSecond: Number(values["resend-requests-per-second"]) },
    }),
  });
  emulators.configure({
    telnyx: { webhookUrl: values["webhook-url"] ?? null, failoverUrl: values["failover-url"] ?? null },
  });
  const { telnyx, assemblyai, resend, control } = emulators;
  const addresses = {
    telnyx: {
      url: telnyx.url,
      key: telnyx.apiKey,
      publicKey: telnyx.publicKey,
      connectionId: telnyx.connectionId,
      numbers: telnyx.numbers,
    },
    assemblyai: { url: assemblyai.url, key: assemblyai.apiKey },
    resend: { url: resend.url, key: resend.apiKey },
    control: { url: control.url },
  };
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  const stop = () => void emulators.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  process.stderr.write(`${text} is no port.\n`);
  process.exit(2);
}
