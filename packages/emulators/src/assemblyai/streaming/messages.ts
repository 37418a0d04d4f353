import { z } from "zod";
import { KeyTerms } from "./params.ts";
import { refusals } from "./refusal.ts";

const ms = z.int().min(0);
const share = z.number().min(0).max(1);

const UpdateConfiguration = z.strictObject({
  type: z.literal("UpdateConfiguration"),
  end_of_turn_confidence_threshold: share.optional(),
  min_turn_silence: ms.optional(),
  max_turn_silence: ms.optional(),
  vad_threshold: share.optional(),
  format_turns: z.boolean().optional(),
  keyterms_prompt: KeyTerms.optional(),
  prompt: z.string().optional(),
  agent_context: z.string().optional(),
  filter_profanity: z.boolean().optional(),
  interruption_delay: ms.max(1000).optional(),
  turn_left_pad_ms: ms.optional(),
  language_codes: z.array(z.string()).optional(),
  // Opt-in messages that this stand-in does not send: it can only be told not to.
  session_heartbeat: z.literal(false).optional(),
  acknowledge_silence: z.literal(false).optional(),
});

const ClientMessage = z.discriminatedUnion("type", [
  UpdateConfiguration,
  z.strictObject({ type: z.literal("ForceEndpoint") }),
  z.strictObject({ type: z.literal("KeepAlive") }),
  z.strictObject({ type: z.literal("Terminate") }),
]);

export type UpdateConfiguration = z.infer<typeof UpdateConfiguration>;
export type ClientMessage = z.infer<typeof ClientMessage>;

const TYPES: ReadonlySet<unknown> = new Set(ClientMessage.options.map((option) => option.shape.type.value));

/** A text frame of the client. Throws `StreamRefusal` 3006. */
export function parseClientMessage(frame: string): ClientMessage {
  const message = parseJson(frame);
  const { type } = z.object({ type: z.unknown() }).catch({ type: undefined }).parse(message);
  if (!TYPES.has(type)) throw refusals.unknownType(type);
  const parsed = ClientMessage.safeParse(message);
  if (!parsed.success) throw refusals.invalidMessage(z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    throw refusals.invalidJson();
  }
}
