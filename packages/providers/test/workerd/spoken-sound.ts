import { mulawOfLinear } from "@earwitness/core";
import { startEmulators } from "@earwitness/emulators";
import { z } from "zod";
import { startRecorder } from "../support/recorded-call.ts";
import type { SpokenSound } from "./global-setup.ts";

// A process of its own: where tests run on workerd, Vite gives even the setup the packages that are meant for a Worker.

/** Sound passes so many times faster than it was spoken. */
const PACE = 10;
const WAV_HEADER_BYTES = 44;

const Detail = z.object({
  recordings: z.array(
    z.object({
      words: z.array(z.object({ speaker: z.string(), text: z.string(), startMs: z.number(), endMs: z.number() })),
    }),
  ),
});

/** Of two channels of 16 bits, one after the other in every sample, the first. */
function firstChannelOf(stereo: Uint8Array): Uint8Array {
  return stereo.filter((_, index) => index % 4 < 2);
}

const emulators = await startEmulators({
  telnyx: { pace: 50 },
  assemblyai: { streaming: { pace: PACE, delayMs: 20 } },
});
// It hears only speech of its own process: there must have been a call.
const recorder = await startRecorder(emulators);
const { url, legId } = await recorder.ring({ script: "order-status" });
const wav = new Uint8Array(await (await fetch(url)).arrayBuffer()).subarray(WAV_HEADER_BYTES);
const detail = Detail.parse(await (await fetch(`${emulators.control.url}/calls/${legId}`)).json());
await recorder.close();
const spoken: SpokenSound = {
  transcriber: { ...emulators.assemblyai, controlUrl: emulators.control.url },
  pace: PACE,
  audio: Buffer.from(mulawOfLinear(firstChannelOf(wav), "little")).toString("base64"),
  words: (detail.recordings[0]?.words ?? []).filter(({ speaker }) => speaker === "caller"),
};
process.send?.(spoken);
process.once("disconnect", () => process.exit());
