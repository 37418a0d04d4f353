import type Telnyx from "telnyx";
import { WavReader } from "../../src/audio/wav-reader.ts";
import { type Emulators, startEmulators } from "../../src/index.ts";
import { telnyxClient } from "./answering-app.ts";
import { type CallDetail, door } from "./door.ts";
import { type Connection, type MediaServer, startMediaServer } from "./media-server.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

type StreamOptions = Partial<Telnyx.Calls.ActionStartStreamingParams>;

export interface StreamedCall {
  readonly id: string;
  readonly legId: string;
  readonly socket: Connection;
}

/** The stand-ins, a webhook receiver and a media server, with the steps that calls with a media stream have in common. */
export async function startStage(telnyx: Parameters<typeof startEmulators>[0] & object = {}) {
  const media: MediaServer = await startMediaServer({ accept: (path) => !path.includes("forbidden") });
  const receiver: Receiver = await startReceiver();
  const emulators: Emulators = await startEmulators({
    ...telnyx,
    telnyx: { pace: 10, webhookUrl: receiver.url, conversationGraceMs: 3000, ...telnyx.telnyx },
  });
  const { actions } = telnyxClient(emulators).calls;
  const control = door(emulators.control.url);
  let paths = 0;
  return {
    emulators,
    receiver,
    media,
    actions,
    control,
    /** An answered call on which nothing was asked for yet. */
    answered: async (request: object = {}): Promise<{ id: string; legId: string }> => {
      const { callControlId: id, callLegId: legId } = await control.call(request);
      await actions.answer(id, {});
      await receiver.event("call.answered", legId);
      return { id, legId };
    },
    /** Starts a stream of both tracks on a new path and waits for its socket. */
    stream: async (id: string, options: StreamOptions = {}): Promise<Connection> => {
      paths += 1;
      const path = `/media/${paths}`;
      await actions.startStreaming(id, { stream_url: media.url + path, stream_track: "both_tracks", ...options });
      const socket = await media.connection(path);
      await media.until("the start of the stream", () => socket.frames.some(({ event }) => event === "start"));
      return socket;
    },
    /** The two channels of the call's first recording, once it is there. */
    recorded: async (legId: string): Promise<{ remote: Int16Array; local: Int16Array; detail: CallDetail }> => {
      const saved = await receiver.event("call.recording.saved", legId);
      const bytes = new Uint8Array(await (await fetch(saved.recording_urls?.wav ?? "")).arrayBuffer());
      const [remote = new Int16Array(0), local = new Int16Array(0)] = new WavReader().push(bytes);
      return { remote, local, detail: await control.detail(legId) };
    },
    close: async () => {
      await emulators.close();
      await receiver.close();
      await media.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;
