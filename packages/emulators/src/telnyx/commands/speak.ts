import { voiceOf } from "../../script/voices.ts";
import { synthesise } from "../../speech/speech.ts";
import { problems } from "../problem.ts";
import { SpeakBody } from "../schema/commands.ts";
import { command } from "./command.ts";

/** Languages that have another code in espeak-ng, which speaks the rest by their first subtag. */
const ESPEAK_LANGUAGE: Readonly<Record<string, string>> = { arb: "ar", "cmn-CN": "cmn", "nb-NO": "nb" };

export const speak = command("speak", SpeakBody, "answered", (_, leg, body) => {
  if (body.target_legs !== undefined && body.target_legs !== "self") {
    throw problems.notEmulated("speech to another leg", "/target_legs");
  }
  if (body.stop !== undefined) leg.speech.stop(body.stop);
  const language = body.language ?? "en-US";
  const voice = voiceOf("announcement", ESPEAK_LANGUAGE[language] ?? language.split("-")[0] ?? "en");
  const text = body.payload_type === "ssml" ? withoutTags(body.payload) : body.payload;
  leg.speech.add("speak", synthesise(text, voice), body.loop === "infinity" ? Number.POSITIVE_INFINITY : body.loop);
  return undefined;
});

/** SSML is spoken as its text; its pauses and emphasis are not emulated. */
function withoutTags(ssml: string): string {
  return ssml
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
