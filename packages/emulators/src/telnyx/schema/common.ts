import { z } from "zod";
import { telnyxCode } from "../validate.ts";

/** The event types that `webhook_urls` and `webhook_retries_policies` may name. */
const EVENT_TYPES = [
  "call.initiated",
  "call.answered",
  "call.bridged",
  "call.hangup",
  "call.recording.saved",
  "call.recording.error",
  "call.speak.started",
  "call.speak.ended",
  "call.playback.started",
  "call.playback.ended",
  "call.dtmf.received",
  "call.machine.detection.ended",
  "call.machine.greeting.ended",
  "call.machine.premium.detection.ended",
  "call.machine.premium.greeting.ended",
  "conference.created",
  "conference.ended",
  "conference.participant.joined",
  "conference.participant.left",
  "streaming.started",
  "streaming.stopped",
  "streaming.failed",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

const knownEvents: ReadonlySet<string> = new Set(EVENT_TYPES);
const isBase64 = (text: string) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);

export const ClientState = z
  .string()
  .refine(isBase64, telnyxCode("90017", "Invalid value for client_state: it must be a valid base64 string"));

/** A destination or origin: +E.164, or a SIP URI. */
export const Party = z
  .string()
  .refine(
    (text) => /^\+[1-9]\d{6,14}$/.test(text) || /^sips?:[^@\s]+@[^@\s]+$/.test(text),
    telnyxCode("10016", "Phone number must be in +E164 format"),
  );

/** What every command takes. `command_id` makes a repetition harmless for a minute. */
export const Common = { client_state: ClientState.optional(), command_id: z.string().min(1).optional() };

export const Headers = z.array(z.strictObject({ name: z.string(), value: z.string() })).optional();
export const TargetLegs = z.enum(["self", "opposite", "both"]).optional();

const byEvent = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), value)
    .refine(
      (map) => Object.keys(map).every((name) => knownEvents.has(name)),
      telnyxCode("90057", "Invalid event name"),
    );

/** At most five delays, together at most a minute. */
const Retries = z.strictObject({
  retries_ms: z
    .array(z.int().min(0).max(60_000))
    .max(5)
    .refine(
      (delays) => delays.reduce((sum, delay) => sum + delay, 0) <= 60_000,
      telnyxCode("10033", "Value outside of range"),
    ),
});

export const Webhooks = {
  webhook_url: z.url().optional(),
  webhook_url_method: z.enum(["POST", "GET"]).optional(),
  webhook_urls: byEvent(z.union([z.url(), z.array(z.url()).min(1)])).optional(),
  webhook_urls_method: z.enum(["POST", "GET"]).optional(),
  webhook_retries_policies: byEvent(Retries).optional(),
};

/** Recording as dial, answer, transfer and bridge ask for it; `record_start` has other names. */
export const RecordFields = {
  record: z.enum(["record-from-answer"]).optional(),
  record_channels: z.enum(["single", "dual"]).default("dual"),
  record_format: z.enum(["wav", "mp3"]).default("mp3"),
  record_track: z.enum(["both", "inbound", "outbound"]).default("both"),
  record_max_length: z.int().min(0).max(43_200).default(0),
  record_timeout_secs: z.int().min(0).default(0),
  record_trim: z.enum(["trim-silence"]).optional(),
  record_custom_file_name: z.string().min(1).max(40).optional(),
};

const Codec = z.enum(["PCMU", "PCMA", "G722", "OPUS", "AMR-WB", "L16"]);

/** Media streaming as answer takes it. */
export const StreamFields = {
  stream_url: z
    .string()
    .regex(/^wss?:\/\//)
    .optional(),
  stream_track: z.enum(["inbound_track", "outbound_track", "both_tracks"]).default("inbound_track"),
  stream_codec: z.union([Codec, z.literal("default")]).default("default"),
  /** Without it the vendor's default holds, which is mp3. */
  stream_bidirectional_mode: z.enum(["mp3", "rtp"]).optional(),
  stream_bidirectional_codec: Codec.default("PCMU"),
  stream_bidirectional_target_legs: z.enum(["both", "self", "opposite"]).default("opposite"),
};

/** The fields that answer does not take. */
export const StreamSecretFields = {
  stream_auth_token: z.string().max(4000).optional(),
  stream_bidirectional_sampling_rate: z
    .union([z.literal(8000), z.literal(16_000), z.literal(22_050), z.literal(24_000), z.literal(48_000)])
    .default(8000),
};

export const MachineDetection = {
  answering_machine_detection: z
    .enum(["premium", "detect", "detect_beep", "detect_words", "greeting_end", "disabled"])
    .default("disabled"),
  answering_machine_detection_config: z.record(z.string(), z.number()).optional(),
};

/** Fields that exist at Telnyx and have no effect that a call on this stand-in could show. */
export const SipFields = {
  custom_headers: Headers,
  sip_headers: Headers,
  from_display_name: z.string().max(128).optional(),
  billing_group_id: z.string().optional(),
  preferred_codecs: z.string().optional(),
  privacy: z.enum(["id", "none"]).optional(),
  sip_auth_username: z.string().optional(),
  sip_auth_password: z.string().optional(),
  sip_region: z.enum(["US", "Europe", "Canada", "Australia", "Middle East"]).optional(),
  sip_transport_protocol: z.enum(["UDP", "TCP", "TLS"]).optional(),
  media_encryption: z.enum(["disabled"]).optional(),
  diversion: z.string().optional(),
  route_to_mobile: z.boolean().optional(),
  send_silence_when_idle: z.boolean().optional(),
  mute_dtmf: z.enum(["none", "both", "self", "opposite"]).optional(),
};
