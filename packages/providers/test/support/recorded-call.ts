import { once } from "node:events";
import { createServer } from "node:http";
import type { Emulators } from "@earwitness/emulators";
import { z } from "zod";
import { createTelnyxTelephony } from "../../src/telephony/index.ts";

const Notice = z.object({
  data: z.object({
    event_type: z.string(),
    id: z.string(),
    payload: z.looseObject({
      call_control_id: z.string(),
      call_leg_id: z.string(),
      recording_id: z.string().optional(),
      recording_urls: z.object({ wav: z.string() }).optional(),
    }),
  }),
});

export interface RecordedCall {
  readonly controlId: string;
  readonly legId: string;
  readonly recordingId: string;
  readonly url: string;
}

/**
 * The smallest application: our own commands answer each call of the emulated carrier and record it. `ring` places a call and
 * resolves once its recording is told.
 */
export async function startRecorder(emulators: Emulators) {
  const told = new Map<string, RecordedCall>();
  const telephony = createTelnyxTelephony({
    baseUrl: emulators.telnyx.url,
    apiKey: emulators.telnyx.apiKey,
    connectionId: emulators.telnyx.connectionId,
    webhookUrl: "https://hooks.example/webhooks/telnyx",
    soundsUrl: "https://hooks.test/audio",
    mediaUrlOf: async ({ key }) => `wss://hooks.test/media/${key}`,
  });

  async function handle(text: string): Promise<void> {
    const { event_type, id, payload } = Notice.parse(JSON.parse(text)).data;
    const { call_control_id: controlId, call_leg_id: legId, recording_id: recordingId, recording_urls: urls } = payload;
    if (event_type === "call.initiated") {
      await telephony.send({ kind: "answer", key: `${id}-answer`, room: "room", controlId });
    }
    if (event_type === "call.answered") await telephony.send({ kind: "record_start", key: `${id}-record`, controlId });
    if (event_type === "call.recording.saved" && recordingId !== undefined && urls !== undefined) {
      told.set(legId, { controlId, legId, recordingId, url: urls.wav });
    }
  }

  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    await handle(text);
    response.writeHead(200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It listens on no port");
  emulators.configure({ telnyx: { webhookUrl: `http://127.0.0.1:${address.port}` } });

  return {
    async ring(call: object = {}): Promise<RecordedCall> {
      const response = await fetch(`${emulators.control.url}/calls`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ script: "short", ...call }),
      });
      const { callLegId } = z.object({ callLegId: z.string() }).parse(await response.json());
      for (;;) {
        const recorded = told.get(callLegId);
        if (recorded !== undefined) return recorded;
        await new Promise((next) => setTimeout(next, 20));
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
