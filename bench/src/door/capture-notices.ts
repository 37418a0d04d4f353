import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulators } from "@earwitness/emulators";
import { findPort } from "@earwitness/tooling";
import { z } from "zod";

const Notice = z.object({
  data: z.object({ event_type: z.string(), payload: z.object({ call_control_id: z.string() }).loose() }).loose(),
});
const NOTICES_A_CALL = 8;
const DEADLINE_MS = 30_000;

/**
 * Has the emulated carrier ring in, plays our side of the call by its API (answer, record, speak twice), and returns the
 * bodies of the eight notices that it sent, in order: exactly what the door would have received.
 */
export async function captureNotices(): Promise<string[]> {
  const bodies: string[] = [];
  const port = await findPort();
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end();
  }).listen(port, "127.0.0.1");
  const emulators = await startEmulators({ telnyx: { webhookUrl: `http://127.0.0.1:${port}`, pace: 50 } });
  try {
    const placed = await fetch(`${emulators.control.url}/calls`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from: "+13125550142", to: emulators.telnyx.numbers[0] }),
    });
    if (!placed.ok) throw new Error(`The emulated call was refused: ${await placed.text()}`);
    const initiated = await noticeOf("call.initiated", 1);
    const leg = encodeURIComponent(initiated.data.payload.call_control_id);
    const act = async (action: string, body: object) => {
      const response = await fetch(`${emulators.telnyx.url}/v2/calls/${leg}/actions/${action}`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulators.telnyx.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${action} was refused: ${await response.text()}`);
    };
    const speech = { payload: "This call is recorded.", voice: "female", language: "en-US" };
    await act("answer", {});
    await noticeOf("call.answered", 1);
    await act("speak", speech);
    await noticeOf("call.speak.ended", 1);
    await act("speak", speech);
    await noticeOf("call.speak.ended", 2);
    await act("record_start", { format: "wav", channels: "dual" });
    await noticeOf("call.recording.saved", 1);
    return inOrder().slice(0, NOTICES_A_CALL);
  } finally {
    await emulators.close();
    server.closeAllConnections();
    server.close();
  }

  /** Repeats out: the carrier may deliver one twice. */
  function inOrder(): string[] {
    return [...new Set(bodies)];
  }

  async function noticeOf(type: string, nth: number) {
    for (let waitedMs = 0; waitedMs < DEADLINE_MS; waitedMs += 10) {
      const found = inOrder()
        .map((body) => Notice.parse(JSON.parse(body)))
        .filter(({ data }) => data.event_type === type);
      const wanted = found[nth - 1];
      if (wanted !== undefined) return wanted;
      await sleep(10);
    }
    throw new Error(`The emulated carrier sent no ${type} within ${DEADLINE_MS / 1000} s`);
  }
}
