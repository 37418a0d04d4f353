import { randomBytes } from "node:crypto";
import { assemblyAiApp } from "./assemblyai/app.ts";
import { Laboratory } from "./assemblyai/laboratory.ts";
import { StreamDesk } from "./assemblyai/streaming/desk.ts";
import { streamDoor } from "./assemblyai/streaming/door.ts";
import { controlApp } from "./control/app.ts";
import { Faults } from "./faults/faults.ts";
import { githubApp } from "./github/app.ts";
import { googleApp } from "./google/app.ts";
import { listen } from "./http/listen.ts";
import { Received } from "./http/received.ts";
import type { SocketDoor } from "./http/sockets.ts";
import type { OAuthClient } from "./oauth/client.ts";
import { People } from "./oauth/people.ts";
import type { EmulatorOptions, Emulators, EmulatorWebhooks, OAuthOptions } from "./options.ts";
import { resendApp } from "./resend/app.ts";
import { PostOffice } from "./resend/post-office.ts";
import { Courier } from "./resend/webhooks/courier.ts";
import { SvixSigner } from "./resend/webhooks/sign.ts";
import { telnyxApp } from "./telnyx/app.ts";
import { Carrier } from "./telnyx/carrier.ts";
import { DEFAULT_RETRIES_MS, WebhookSender } from "./telnyx/webhooks/sender.ts";
import { WebhookSigner } from "./telnyx/webhooks/sign.ts";

/** Numbers that can be nobody's: 555-0100 to 555-0199 are kept for fiction. */
const DEFAULT_NUMBERS = ["+12125550100", "+12125550101", "+12125550102"];

/** AssemblyAI's longest streaming session. */
const THREE_HOURS_MS = 3 * 3_600_000;

/** Starts every stand-in. Rejects with a sentence when a port is taken; then nothing is left listening. */
export async function startEmulators(options: EmulatorOptions = {}): Promise<Emulators> {
  const host = options.host ?? "127.0.0.1";
  const faults = new Faults();
  const received = new Received();
  const signer = new WebhookSigner(options.telnyx?.seed ?? randomBytes(32));
  const carrier = newCarrier(options, new WebhookSender(signer, faults), faults);
  const laboratory = newLaboratory(options, faults);
  const office = new PostOffice();
  const svix = new SvixSigner(options.resend?.webhookSecret);
  const { webhookUrl = null, webhookRetriesMs } = options.resend ?? {};
  const courier = new Courier(svix, faults, webhookUrl, webhookRetriesMs);
  const people = new People();
  const google = { ...newClient(options.google), issuer: "" };
  const github = newClient(options.github);
  const resend = {
    apiKey: options.resend?.apiKey ?? `re_${token()}`,
    requestsPerSecond: options.resend?.requestsPerSecond ?? 5,
  };
  const apps = {
    telnyx: telnyxApp(carrier, received),
    assemblyai: assemblyAiApp(laboratory, received),
    resend: resendApp(office, courier, resend, faults, received),
    google: googleApp(people, google, faults, received),
    github: githubApp(people, github, faults, received),
    control: controlApp({ carrier, laboratory, office, courier, people, faults, received }),
  };
  const open: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all([carrier.close(), laboratory.close(), courier.close()]);
    await Promise.all(open.map((listener) => listener.close()));
  };
  const start = async (name: keyof typeof apps, sockets?: SocketDoor) => {
    const listener = await listen(apps[name], host, options.ports?.[name] ?? 0, sockets);
    open.push(listener);
    return listener.url;
  };
  try {
    carrier.origin = await start("telnyx");
    laboratory.origin = await start("assemblyai", streamDoor(laboratory.streams, faults, received));
    const resendUrl = await start("resend");
    google.issuer = await start("google");
    const githubUrl = await start("github");
    const controlUrl = await start("control");
    return {
      telnyx: {
        url: carrier.origin,
        apiKey: carrier.settings.apiKey,
        publicKey: signer.publicKey,
        connectionId: carrier.settings.connectionId,
        numbers: carrier.settings.numbers,
      },
      assemblyai: { url: laboratory.origin, apiKey: laboratory.settings.apiKey },
      resend: { url: resendUrl, apiKey: resend.apiKey, webhookSecret: svix.secret },
      google: { url: google.issuer, clientId: google.clientId, clientSecret: google.clientSecret },
      github: { url: githubUrl, clientId: github.clientId, clientSecret: github.clientSecret },
      control: { url: controlUrl },
      configure(settings) {
        setWebhooks(carrier, settings.telnyx ?? {});
        if (settings.resend !== undefined) courier.url = settings.resend.webhookUrl;
        google.redirectUris = settings.google?.redirectUris ?? google.redirectUris;
        github.redirectUris = settings.github?.redirectUris ?? github.redirectUris;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function newCarrier({ telnyx = {} }: EmulatorOptions, sender: WebhookSender, faults: Faults): Carrier {
  const settings = {
    apiKey: telnyx.apiKey ?? `KEY${token()}`,
    connectionId: telnyx.connectionId ?? "2811212257810187875",
    numbers: telnyx.numbers ?? DEFAULT_NUMBERS,
    webhookRetriesMs: telnyx.webhookRetriesMs ?? DEFAULT_RETRIES_MS,
    conversationGraceMs: telnyx.conversationGraceMs ?? 5000,
    callerPatienceMs: telnyx.callerPatienceMs ?? 30_000,
    recordingUrlSecs: telnyx.recordingUrlSecs ?? 600,
    requestsPerMinute: telnyx.requestsPerMinute ?? 12_000,
    pauseMode: telnyx.pauseMode ?? "silence",
    media: { frameMs: telnyx.frameMs ?? 20, l16Order: telnyx.l16Order ?? "big" },
  };
  const carrier = new Carrier(settings, telnyx.pace ?? 1, sender, faults);
  setWebhooks(carrier, telnyx);
  return carrier;
}

function newLaboratory({ assemblyai = {}, telnyx = {} }: EmulatorOptions, faults: Faults): Laboratory {
  const apiKey = assemblyai.apiKey ?? token();
  const settings = {
    apiKey,
    processingMs: assemblyai.processingMs ?? 300,
    webhookRetryMs: assemblyai.webhookRetryMs ?? 10_000,
    concurrency: assemblyai.concurrency ?? 200,
    requestsPerWindow: assemblyai.requestsPerWindow ?? 20_000,
  };
  const { streaming = {} } = assemblyai;
  const streamSettings = {
    apiKey,
    delayMs: streaming.delayMs ?? 150,
    cushionMs: streaming.cushionMs ?? 2000,
    maxSessionMs: streaming.maxSessionMs ?? THREE_HOURS_MS,
    maxSessions: streaming.maxSessions ?? 2000,
    maxNewPerMinute: streaming.maxNewPerMinute ?? 2000,
  };
  const streams = new StreamDesk(streamSettings, faults, streaming.pace ?? telnyx.pace ?? 1);
  return new Laboratory(settings, faults, streams);
}

function setWebhooks(carrier: Carrier, { webhookUrl, failoverUrl }: EmulatorWebhooks): void {
  if (webhookUrl !== undefined) carrier.application.webhookUrl = webhookUrl;
  if (failoverUrl !== undefined) carrier.application.failoverUrl = failoverUrl;
}

function newClient({ clientId, clientSecret, redirectUris = [] }: OAuthOptions = {}): OAuthClient {
  return { clientId: clientId ?? `client-${token()}`, clientSecret: clientSecret ?? token(), redirectUris };
}

function token(): string {
  return randomBytes(16).toString("hex");
}
