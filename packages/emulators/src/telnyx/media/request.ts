import type { z } from "zod";
import type { Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import type { AnswerBody, DialBody, StreamingStartBody } from "../schema/commands.ts";
import type { MediaCodec } from "./codec.ts";

export type TrackName = "inbound" | "outbound";
export type TargetLegs = "self" | "opposite" | "both";

/** The media stream that a command asks for. */
export interface StreamRequest {
  readonly url: string;
  /** The command's word, as events repeat it. */
  readonly track: "inbound_track" | "outbound_track" | "both_tracks";
  readonly codec: MediaCodec;
  readonly authToken: string | undefined;
  readonly customParameters: Readonly<Record<string, string>>;
  readonly back: { readonly mode: "mp3" | "rtp"; readonly codec: "PCMU" | "PCMA"; readonly targets: TargetLegs };
}

type StreamBody = z.infer<typeof DialBody> | z.infer<typeof AnswerBody> | z.infer<typeof StreamingStartBody>;

/** The `stream_*` fields of a command; `undefined` when it asks for no stream. Throws 501 for what is not spoken here, 422/90046 for no URL. */
export function streamRequestOf(body: StreamBody, leg: { readonly codec: Leg["codec"] }): StreamRequest | undefined {
  if (body.stream_url === undefined) return undefined;
  if (!URL.canParse(body.stream_url)) throw problems.streamingFailed("The stream_url is not a valid URL.");
  const codec = body.stream_codec === "default" ? leg.codec : body.stream_codec;
  if (codec !== "PCMU" && codec !== "PCMA" && codec !== "L16") {
    throw problems.notEmulated(`media in ${codec}`, "/stream_codec");
  }
  if (body.stream_bidirectional_mode === "mp3") {
    throw problems.notEmulated("MP3 on the media socket: ask for rtp", "/stream_bidirectional_mode");
  }
  const backCodec = body.stream_bidirectional_codec;
  if (backCodec !== "PCMU" && backCodec !== "PCMA") {
    throw problems.notEmulated(`media in ${backCodec}`, "/stream_bidirectional_codec");
  }
  if ("stream_bidirectional_sampling_rate" in body && body.stream_bidirectional_sampling_rate !== 8000) {
    throw problems.notEmulated("another sampling rate than 8000", "/stream_bidirectional_sampling_rate");
  }
  const parameters = "custom_parameters" in body ? (body.custom_parameters ?? []) : [];
  return {
    url: body.stream_url,
    track: body.stream_track,
    codec,
    authToken: "stream_auth_token" in body ? body.stream_auth_token : undefined,
    customParameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    back: {
      // The vendor's default when the field is not set.
      mode: body.stream_bidirectional_mode ?? "mp3",
      codec: backCodec,
      targets: body.stream_bidirectional_target_legs,
    },
  };
}

/** The tracks of a stream, in the order in which their frames are sent. */
export function tracksOf({ track }: StreamRequest): readonly TrackName[] {
  if (track === "both_tracks") return ["inbound", "outbound"];
  return track === "inbound_track" ? ["inbound"] : ["outbound"];
}
