import type { TelephonyOutcome } from "../ports/telephony.ts";
import { steered } from "./ask-carrier.ts";
import { type Decision, decided, type Told } from "./decision.ts";
import { lineGone } from "./end-call.ts";
import type { CallFact } from "./fact.ts";
import { failTransfer, legOfTransfer } from "./follow-transfer.ts";
import type { Call } from "./machine-state.ts";
import { takeMuteStep } from "./mute-side.ts";
import { tellPaused, tellResumed } from "./pause-recording.ts";
import { commandFailed, type NotTaken } from "./refusal.ts";
import type { Asked, Switch } from "./steering.ts";
import type { Talking } from "./verdict.ts";

/** Applies the last word on a command that carries a wish: what was carried out is told, what was not is undone. */
export function takeSteered(state: Talking, at: string, asked: Asked, outcome: TelephonyOutcome): Decision {
  const waiting = state.call.steering.asked.filter((each) => each !== asked);
  const call = steered(state.call, { asked: waiting });
  if (asked.action === "mute" || asked.action === "unmute") {
    // It may be about the other leg, whose end is not the call's.
    const step = takeMuteStep(call, at, asked, outcome);
    return decided({ ...state, call: step.call }, { facts: step.facts });
  }
  if (outcome.kind === "call_gone") return lineGone({ ...state, call }, at);
  const told = outcome.kind === "accepted" ? carriedOut(call, at, asked) : undone(call, at, asked, outcome);
  return decided({ ...state, call: told.call }, { facts: told.facts });
}

function carriedOut(call: Call, at: string, asked: Asked): Told {
  const { action, by, detail } = asked;
  const steeredFact: CallFact = { type: "call.steered", at: asked.at, by, action, detail };
  const told = turnTaken(call, at, asked);
  return { call: told.call, facts: [steeredFact, ...told.facts] };
}

function turnTaken(call: Call, at: string, { action, by, at: wishedAt, command: { key } }: Asked): Told {
  const { hold, pause } = call.steering;
  const deed = { by, at: wishedAt, key };
  switch (action) {
    case "hold":
    case "resume":
      return { call: steered(call, { hold: { ...hold, taken: { ...deed, isOn: action === "hold" } } }), facts: [] };
    case "pause_recording":
      return tellPaused(steered(call, { pause: { ...pause, taken: { ...deed, isOn: true } } }), at, by);
    case "resume_recording":
      return tellResumed(steered(call, { pause: { ...pause, taken: { ...deed, isOn: false } } }), at, by);
    default:
      return { call, facts: [] };
  }
}

function undone(call: Call, at: string, asked: Asked, refusal: NotTaken): Told {
  const { hold, pause, sound, transfer } = call.steering;
  const { key } = asked.command;
  const failed = commandFailed(asked.action, at, asked.action === "send_dtmf" ? withoutDigits(refusal) : refusal);
  switch (asked.action) {
    case "hold":
    case "resume":
      return { call: steered(call, { hold: fallBack(hold, key) }), facts: [failed] };
    case "pause_recording":
      return { call: steered(call, { pause: fallBack(pause, key) }), facts: [failed] };
    case "resume_recording": {
      const back = steered(call, { pause: fallBack(pause, key) });
      const { wished } = back.steering.pause;
      // The carrier's file is paused still: what was told at the wish is told again from now on.
      const told = wished?.isOn ? tellPaused(back, at, wished.by) : { call: back, facts: [] };
      return { call: told.call, facts: [failed, ...told.facts] };
    }
    case "play_sound":
      return { call: steered(call, { sound: sound?.at === asked.at ? null : sound }), facts: [failed] };
    case "send_dtmf":
    case "mute":
    case "unmute":
      return { call, facts: [failed] };
    case "transfer": {
      if (transfer?.key !== key || transfer.phase !== "asked") return { call, facts: [] };
      // Its leg rings: whatever the answer to the command says, the transfer is under way.
      if (legOfTransfer(call) !== null) return { call, facts: [] };
      const told = failTransfer(call, at, `The carrier did not take it: ${refusal.message}`);
      return { call: told.call, facts: [failed, ...told.facts] };
    }
  }
}

/** A carrier that refuses digits may say which they were, and they may be a card's number. */
function withoutDigits({ code }: NotTaken): Pick<NotTaken, "code" | "message"> {
  return { code, message: "The carrier did not send the keys." };
}

/** A wish that came to nothing leaves what the carrier did take, unless somebody has wished otherwise meanwhile. */
function fallBack(turned: Switch, key: string): Switch {
  return turned.wished?.key === key ? { ...turned, wished: turned.taken } : turned;
}
