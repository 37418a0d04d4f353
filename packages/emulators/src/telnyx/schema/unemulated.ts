import { z } from "zod";
import { problems } from "../problem.ts";

const anything = z.unknown().optional();

/** Fields of calls that Telnyx takes and this stand-in knows by name only: a request that sets one is told so. */
export const Unemulated = {
  assistant: anything,
  audio_url: anything,
  conference_config: anything,
  conversation_relay_config: anything,
  deepfake_detection: anything,
  dialogflow_config: anything,
  enable_dialogflow: anything,
  media_name: anything,
  send_digits_on_answer: anything,
  sound_modifications: anything,
  stream_establish_before_call_originate: anything,
  supervise_call_control_id: anything,
  supervisor_role: anything,
  transcription: anything,
  transcription_config: anything,
};

/** Fields of conferences that are known by name only. */
export const UnemulatedInConferences = {
  audio_url: anything,
  hold_audio_url: anything,
  hold_media_name: anything,
  max_participants: anything,
  media_name: anything,
  whisper_call_control_ids: anything,
};

/** Throws 501 when the request asks for something that would silently not happen. */
export function refuseUnemulated(body: object): void {
  for (const name of Object.keys({ ...Unemulated, ...UnemulatedInConferences })) {
    const value: unknown = Reflect.get(body, name);
    const isUnset = value === undefined || value === null || value === false || value === "none";
    if (!isUnset) throw problems.notEmulated(`'${name}'`, `/${name}`);
  }
}
