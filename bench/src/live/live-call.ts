import { randomUUID } from "node:crypto";
import { MediaStream } from "../media/media-stream.ts";
import type { CarrierCommand } from "./carrier-api.ts";

export type SendNotice = (type: string, payload: object) => Promise<void>;

/** One inbound call as the carrier sees it. It does what it is told, and tells what it did. */
export class LiveCall {
  readonly controlId = `v3:${randomUUID()}`;
  readonly #ids = { call_control_id: this.controlId, call_leg_id: randomUUID(), call_session_id: randomUUID() };
  readonly #from: string;
  readonly #to: string;
  readonly #number: number;
  readonly #round: number;
  readonly #send: SendNotice;
  #clientState: string | null = null;
  #onStream: (stream: MediaStream) => void = () => undefined;
  #stream: MediaStream | null = null;
  #isAnswered = false;
  /** The first stream that was asked for and opened. */
  readonly streaming = new Promise<MediaStream>((resolve) => {
    this.#onStream = resolve;
  });

  constructor(options: { number: number; round: number; from: string; to: string; send: SendNotice }) {
    this.#number = options.number;
    this.#round = options.round;
    this.#from = options.from;
    this.#to = options.to;
    this.#send = options.send;
  }

  /** Whether the application has answered it. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  ringIn(): Promise<void> {
    return this.#tell("call.initiated", { direction: "incoming", state: "parked" });
  }

  hangUp(): Promise<void> {
    return this.#tell("call.hangup", {
      hangup_cause: "normal_clearing",
      hangup_source: "caller",
      sip_hangup_cause: "200",
    });
  }

  /** The recording that was made of it is there, as `words` say. */
  tellRecording(words: object): Promise<void> {
    return this.#tell("call.recording.saved", words);
  }

  async obey({ action, streamUrl, clientState }: CarrierCommand): Promise<void> {
    this.#clientState = clientState ?? this.#clientState;
    if (action === "answer") this.#isAnswered = true;
    if (action === "answer") await this.#tell("call.answered", {});
    if (action === "speak") await this.#tell("call.speak.ended", { status: "completed" });
    if (action === "streaming_start" && streamUrl !== null) await this.#startStream(streamUrl);
  }

  /** A second start moves the stream that there is to the new address, as one that was lost is begun again. */
  async #startStream(url: string): Promise<void> {
    const known = this.#stream;
    const stream = known ?? new MediaStream({ url, call: this.#number, round: this.#round, reopens: false });
    try {
      await (known === null ? stream.open() : known.moveTo(url));
    } catch {
      return this.#tell("streaming.failed", { failure_reason: "connection_failed", stream_url: url });
    }
    this.#stream = stream;
    this.#onStream(stream);
    await this.#tell("streaming.started", { stream_url: url });
  }

  #tell(type: string, more: object): Promise<void> {
    return this.#send(type, {
      ...this.#ids,
      connection_id: "1",
      client_state: this.#clientState,
      from: this.#from,
      to: this.#to,
      ...more,
    });
  }
}
