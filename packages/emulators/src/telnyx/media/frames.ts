import type { Leg } from "../leg/leg.ts";
import type { TrackName } from "./request.ts";
import type { MediaStream } from "./stream.ts";

/** A piece of one track: `chunk` counts from 1 in its track, `atMs` is its beginning since the stream's. */
export interface MediaFrame {
  readonly track: TrackName;
  readonly chunk: number;
  readonly atMs: number;
  readonly payload: Uint8Array;
}

/** The vendor's refusals of frames that it is sent. */
export const FRAME_ERRORS = {
  unknown_error: 100_002,
  malformed_frame: 100_003,
  invalid_media: 100_004,
  rate_limit_reached: 100_005,
} as const;

export type FrameError = keyof typeof FRAME_ERRORS;

/** The first frame. It repeats the token, nested as in the vendor's AsyncAPI description. */
export function connectedFrame(authToken: string | undefined): object {
  const named = authToken === undefined ? {} : { connected: { "x-telnyx-streaming-auth-token": authToken } };
  return { event: "connected", version: "1.0.0", ...named };
}

/** What the stream is of; the format that it names is the truth, whatever was asked for. */
export function startOf({ leg, request }: MediaStream): object {
  return {
    start: {
      ...callOf(leg),
      call_session_id: leg.sessionId,
      from: leg.from,
      to: leg.to,
      tags: [],
      client_state: leg.clientState,
      custom_parameters: request.customParameters,
      media_format: { encoding: request.codec, sample_rate: 8000, channels: 1 },
    },
  };
}

/** The last frame: the stream or the call is over. */
export function stopOf(leg: Leg): object {
  return { stop: callOf(leg) };
}

/** A piece of one track as it goes over the wire. */
export function mediaOf({ track, chunk, atMs, payload }: MediaFrame): object {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  // Numbers are strings on this wire.
  return { media: { track, chunk: String(chunk), timestamp: String(atMs), payload: bytes.toString("base64") } };
}

/** The vendor's complaint of a frame that it was sent. */
export function errorOf(title: FrameError, detail: string): object {
  return { payload: { code: FRAME_ERRORS[title], title, detail } };
}

/** Whose calls these are: there is one account. */
const USER_ID = "3e6f995f-85f7-4705-9741-53b116d28237";

function callOf(leg: Leg): object {
  return { user_id: USER_ID, call_control_id: leg.controlId };
}
