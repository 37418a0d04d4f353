import type { Emulators } from "@earwitness/emulators";
import { newId } from "@earwitness/shared";
import { createTelnyxTelephony } from "../../src/telephony/index.ts";
import { CarrierCall } from "./carrier-call.ts";

export interface EmulatedCallOptions {
  readonly recordInbound?: boolean;
  readonly detectMachine?: boolean;
  readonly liveCaptions?: boolean;
}

/** A call of ours with the emulated carrier on the wire: it waits for one to come in at `e164`, or places one. */
export async function startCall(emulators: Emulators, more: EmulatedCallOptions) {
  const { url: baseUrl, apiKey, connectionId, publicKey, numbers } = emulators.telnyx;
  const e164 = numbers[0] ?? "";
  const snapshot = {
    v: 1 as const,
    version: 1,
    workspaceId: newId("workspace"),
    numberId: newId("number"),
    e164,
    announcement: "This call is recorded.",
    recordInbound: more.recordInbound ?? true,
    recordOutbound: true,
    language: "en",
    keyTerms: [],
    liveCaptions: more.liveCaptions ?? false,
  };
  let origin = "";
  const telephony = createTelnyxTelephony({
    baseUrl,
    apiKey,
    connectionId,
    get webhookUrl() {
      return `${origin}/webhooks/telnyx`;
    },
    get soundsUrl() {
      return `${origin}/audio`;
    },
    mediaUrlOf: async ({ key }) => `${origin.replace("http", "ws")}/media/${encodeURIComponent(key)}`,
  });
  const call = new CarrierCall(telephony, snapshot);
  origin = await call.listen(publicKey);
  emulators.configure({ telnyx: { webhookUrl: `${origin}/webhooks/telnyx` } });
  const place = (to: string) => {
    const { workspaceId, numberId } = snapshot;
    const detectMachine = more.detectMachine ?? false;
    const callId = newId("call");
    call.place({ callId, workspaceId, numberId, from: e164, to, placedBy: "usr_x", detectMachine, snapshot });
    return callId;
  };
  return { call, place, e164 };
}

/** Asks something of the emulators' control door; gives its answer, and throws where it refuses. */
export async function askControl(emulators: Emulators, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${emulators.control.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}
