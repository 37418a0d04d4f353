import { z } from "zod";
import { telnyxCode } from "../validate.ts";
import {
  ClientState,
  Common,
  Headers,
  MachineDetection,
  Party,
  RecordFields,
  SipFields,
  StreamFields,
  StreamSecretFields,
  TargetLegs,
  Webhooks,
} from "./common.ts";
import { Unemulated } from "./unemulated.ts";

const LINKED_ONLY = ["bridge_intent", "bridge_on_answer", "park_after_unbridge"] as const;

export const DialBody = z
  .strictObject({
    ...Unemulated,
    ...Common,
    ...Webhooks,
    ...RecordFields,
    ...StreamFields,
    ...StreamSecretFields,
    ...MachineDetection,
    ...SipFields,
    connection_id: z.string(),
    to: z.union([Party, z.array(Party)]),
    from: Party,
    timeout_secs: z.int().min(5).max(600).default(30),
    time_limit_secs: z.int().min(30).max(14_400).default(14_400),
    retry_on_timeout: z.boolean().default(true),
    link_to: z.string().optional(),
    bridge_intent: z.boolean().optional(),
    bridge_on_answer: z.boolean().optional(),
    park_after_unbridge: z.enum(["self"]).optional(),
    prevent_double_bridge: z.boolean().optional(),
  })
  .refine((body) => body.link_to !== undefined || LINKED_ONLY.every((name) => body[name] === undefined), {
    ...telnyxCode("10004", "Missing required parameter"),
    path: ["link_to"],
  });

export const AnswerBody = z.strictObject({
  ...Unemulated,
  ...Common,
  ...Webhooks,
  ...RecordFields,
  ...StreamFields,
  billing_group_id: z.string().optional(),
  custom_headers: Headers,
  sip_headers: Headers,
  preferred_codecs: z.string().optional(),
  send_silence_when_idle: z.boolean().optional(),
});

export const HangupBody = z.strictObject({ ...Common, custom_headers: Headers });
export const RejectBody = z.strictObject({ ...Common, cause: z.enum(["CALL_REJECTED", "USER_BUSY"]) });

export const RecordStartBody = z.strictObject({
  ...Common,
  format: z.enum(["wav", "mp3"]),
  channels: z.enum(["single", "dual"]),
  play_beep: z.boolean().default(false),
  max_length: z.int().min(0).max(14_400).default(0),
  timeout_secs: z.int().min(0).default(0),
  recording_track: z.enum(["both", "inbound", "outbound"]).default("both"),
  trim: z.enum(["trim-silence"]).optional(),
  custom_file_name: z.string().min(1).max(40).optional(),
  transcription: z.boolean().default(false),
  transcription_engine: z.enum(["A", "B", "deepgram/nova-3"]).optional(),
  transcription_language: z.string().optional(),
  transcription_profanity_filter: z.boolean().optional(),
  transcription_speaker_diarization: z.boolean().optional(),
  transcription_min_speaker_count: z.int().optional(),
  transcription_max_speaker_count: z.int().optional(),
});

export const RecordingRefBody = z.strictObject({ ...Common, recording_id: z.string().optional() });

/** The languages that speak takes. */
const SPEAK_LANGUAGES = [
  "arb",
  "cmn-CN",
  "cy-GB",
  "da-DK",
  "de-DE",
  "en-AU",
  "en-GB",
  "en-GB-WLS",
  "en-IN",
  "en-US",
  "es-ES",
  "es-MX",
  "es-US",
  "fr-CA",
  "fr-FR",
  "hi-IN",
  "is-IS",
  "it-IT",
  "ja-JP",
  "ko-KR",
  "nb-NO",
  "nl-NL",
  "pl-PL",
  "pt-BR",
  "pt-PT",
  "ro-RO",
  "ru-RU",
  "sv-SE",
  "tr-TR",
] as const;

export const SpeakBody = z.strictObject({
  ...Common,
  payload: z.string().min(1).max(3000),
  voice: z
    .string()
    .refine(
      (voice) => voice === "male" || voice === "female" || /^[\w-]+\.[\w.-]+$/.test(voice),
      telnyxCode("10015", "Invalid value for voice"),
    ),
  language: z.enum(SPEAK_LANGUAGES).optional(),
  payload_type: z.enum(["text", "ssml"]).default("text"),
  service_level: z.enum(["basic", "premium"]).default("premium"),
  target_legs: TargetLegs,
  loop: z.union([z.int().min(1).max(100), z.literal("infinity")]).default(1),
  stop: z.enum(["current", "all"]).optional(),
  voice_settings: z.record(z.string(), z.unknown()).optional(),
});

export const PlaybackStartBody = z
  .strictObject({
    ...Common,
    audio_url: z.url().optional(),
    media_name: z.string().optional(),
    playback_content: z.string().optional(),
    audio_type: z.enum(["mp3", "wav"]).default("mp3"),
    loop: z.union([z.int().min(1).max(100), z.literal("infinity")]).default(1),
    overlay: z.boolean().default(false),
    target_legs: TargetLegs,
    cache_audio: z.boolean().default(true),
    stop: z.enum(["current", "all"]).optional(),
  })
  .refine(
    (body) => [body.audio_url, body.media_name, body.playback_content].filter((x) => x !== undefined).length === 1,
    { ...telnyxCode("10004", "Missing required parameter"), path: ["audio_url"] },
  );

export const PlaybackStopBody = z.strictObject({
  ...Common,
  stop: z.enum(["current", "all"]).default("all"),
  overlay: z.boolean().default(false),
});

export const SendDtmfBody = z.strictObject({
  ...Common,
  digits: z
    .string()
    .refine((digits) => /^[0-9A-D*#wW]+$/.test(digits), telnyxCode("10015", "Invalid value for digits")),
  duration_millis: z.int().min(100).max(500).default(250),
});

export const TransferBody = z.strictObject({
  ...Unemulated,
  ...Common,
  ...Webhooks,
  ...RecordFields,
  ...MachineDetection,
  ...SipFields,
  to: Party,
  from: Party.optional(),
  timeout_secs: z.int().min(5).max(600).default(30),
  time_limit_secs: z.int().min(30).max(14_400).default(14_400),
  early_media: z.boolean().optional(),
  park_after_unbridge: z.enum(["self"]).optional(),
  target_leg_client_state: ClientState.optional(),
});

export const BridgeBody = z.strictObject({
  ...Common,
  ...RecordFields,
  call_control_id: z.string().optional(),
  queue: z.string().optional(),
  video_room_id: z.string().optional(),
  video_room_context: z.string().optional(),
  park_after_unbridge: z.enum(["self"]).optional(),
  hold_after_unbridge: z.boolean().optional(),
  play_ringtone: z.boolean().optional(),
  ringtone: z.string().optional(),
  prevent_double_bridge: z.boolean().optional(),
  mute_dtmf: z.enum(["none", "both", "self", "opposite"]).optional(),
});

export const StreamingStartBody = z.strictObject({
  ...Common,
  ...StreamFields,
  ...StreamSecretFields,
  stream_url: z.string().regex(/^wss?:\/\//),
  custom_parameters: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
});

export const StreamingStopBody = z.strictObject({ ...Common, stream_id: z.string().optional() });
export const ForkStartBody = z.strictObject({
  ...Common,
  rx: z.string().optional(),
  tx: z.string().optional(),
  stream_type: z.enum(["decrypted"]).optional(),
});

export const ClientStateBody = z.strictObject({ client_state: ClientState });
