import Telnyx from "telnyx";
import type { Emulators } from "../../src/index.ts";
import { type Arrived, type Receiver, startReceiver } from "./receiver.ts";

export const ANNOUNCEMENT = "This call is recorded.";

export interface AnsweringApp extends Receiver {
  readonly telnyx: Telnyx;
}

/** The smallest application: it answers, announces, records both channels, and leaves the rest to the people. */
export async function startAnsweringApp(emulators: Emulators): Promise<AnsweringApp> {
  const telnyx = new Telnyx({ apiKey: emulators.telnyx.apiKey, baseURL: `${emulators.telnyx.url}/v2`, maxRetries: 0 });
  const handle = async ({ body: { data } }: Arrived): Promise<number> => {
    const id = String(data.payload["call_control_id"]);
    const commandId = { command_id: `${data.id}-command` };
    if (data.event_type === "call.initiated" && String(data.payload["direction"]) === "incoming") {
      void telnyx.calls.actions.answer(id, commandId);
    }
    if (data.event_type === "call.answered") {
      void telnyx.calls.actions.speak(id, {
        payload: ANNOUNCEMENT,
        voice: "AWS.Polly.Joanna",
        language: "en-US",
        ...commandId,
      });
    }
    if (data.event_type === "call.speak.ended" && String(data.payload["status"]) === "completed") {
      void telnyx.calls.actions.startRecording(id, { format: "wav", channels: "dual", play_beep: false, ...commandId });
    }
    return 200;
  };
  const receiver = await startReceiver(handle);
  emulators.configure({ telnyx: { webhookUrl: receiver.url } });
  return { ...receiver, telnyx };
}
