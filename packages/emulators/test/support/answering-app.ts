import Telnyx, { APIError } from "telnyx";
import type { Emulators } from "../../src/index.ts";
import { type Arrived, type Receiver, startReceiver } from "./receiver.ts";

const ANNOUNCEMENT = "This call is recorded.";

export interface AnsweringApp extends Receiver {
  readonly telnyx: Telnyx;
}

/** The vendor's own client, pointed at the stand-in. It does not try again by itself: a test wants to see the first answer. */
export function telnyxClient(emulators: Emulators, apiKey = emulators.telnyx.apiKey): Telnyx {
  return new Telnyx({ apiKey, baseURL: `${emulators.telnyx.url}/v2`, maxRetries: 0 });
}

/** The smallest application: it answers, announces, records both channels, and leaves the rest to the people. */
export async function startAnsweringApp(
  emulators: Emulators,
  { channels = "dual" }: { channels?: "single" | "dual" } = {},
): Promise<AnsweringApp> {
  const telnyx = telnyxClient(emulators);
  const handle = async ({ body: { data } }: Arrived): Promise<number> => {
    if (data === undefined) return 200;
    const id = data.payload.call_control_id;
    const common = { command_id: `${data.id}-command` };
    if (data.event_type === "call.initiated" && data.payload.direction === "incoming") {
      await telnyx.calls.actions.answer(id, common);
    }
    if (data.event_type === "call.answered") {
      await telnyx.calls.actions.speak(id, { payload: ANNOUNCEMENT, voice: "AWS.Polly.Joanna", ...common });
    }
    if (data.event_type === "call.speak.ended" && data.payload.status === "completed") {
      await telnyx.calls.actions.startRecording(id, { format: "wav", channels, play_beep: false, ...common });
    }
    return 200;
  };
  // A caller who hangs up while a command is on its way is no fault (422 to a call that is gone).
  const receiver = await startReceiver((arrived) =>
    handle(arrived).catch((error: unknown) => {
      if (error instanceof APIError && error.status === 422) return 200;
      throw error;
    }),
  );
  emulators.configure({ telnyx: { webhookUrl: receiver.url } });
  return { ...receiver, telnyx };
}
