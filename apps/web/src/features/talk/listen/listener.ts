import type { CallLink } from "../../../live/call-link.ts";

/** Telephone sound: 8,000 µ-law samples a second; the browser raises it to its own rate. */
const SAMPLE_RATE = 8_000;

/** The sound of a call in this browser. */
export interface Listener {
  stop(): void;
}

/**
 * Plays a call's sound, both sides, as it comes. The samples are decoded and evened out on the audio thread
 * (`public/listen-worklet.js`). `onEnd` tells, in the server's words or ours, that it is over; null when it was asked to be.
 * Must be called from a press: browsers make no sound before one.
 */
export async function startListening(link: CallLink, onEnd: (reason: string | null) => void): Promise<Listener> {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: "interactive" });
  const closers: (() => void)[] = [() => void context.close()];
  let isOver = false;
  const end = (reason: string | null) => {
    if (isOver) return;
    isOver = true;
    for (const close of closers.splice(0).reverse()) close();
    onEnd(reason);
  };
  try {
    await context.audioWorklet.addModule("/listen-worklet.js");
    await context.resume();
  } catch (error) {
    end(null);
    throw error;
  }
  const node = new AudioWorkletNode(context, "listen", { numberOfInputs: 0, outputChannelCount: [2] });
  node.connect(context.destination);
  closers.push(
    link.onSound((data) => node.port.postMessage(data, [data])),
    link.onListening(({ on, reason }) => {
      if (!on) end(reason);
    }),
    link.onJoined(() => void link.listen(true)),
  );
  if (!link.listen(true)) {
    end(null);
    throw new Error("The link to the call is cut just now. Try again when it is back.");
  }
  return {
    stop() {
      link.listen(false);
      end(null);
    },
  };
}
