import type { SteerCall } from "@earwitness/shared";
import type { TelephonyCommand } from "../ports/telephony.ts";
import type { CallCommand } from "./call-command.ts";
import type { Decision } from "./decision.ts";
import { type Call, isLineHeld } from "./machine-state.ts";
import type { Asked, Steering } from "./steering.ts";

/** The call with some of its steering changed. */
export function steered(call: Call, change: Partial<Steering>): Call {
  return { ...call, steering: { ...call.steering, ...change } };
}

/** The key of a command that carries a wish: it names the entry of the log that holds it. */
export function steerKey(call: Call, action: SteerCall["action"], n: number): string {
  return `${call.callId}.${action}.${n}`;
}

/** Puts a command in its line. It is given as soon as no earlier one of its kind is without its last word. */
export function ask(call: Call, asked: Omit<Asked, "isGiven">): Call {
  return steered(call, { asked: [...call.steering.asked, { ...asked, isGiven: false }] });
}

/**
 * Gives the commands whose turn has come. Those of a kind go one after the other, because one that is tried again would
 * overtake the next: music would start after it was stopped, digits would be swapped. Kinds do not wait for each other.
 */
export function giveAsked(decision: Decision): Decision {
  const { state } = decision;
  if (state.phase !== "talking" || !isLineHeld(state.call)) return decision;
  const { asked } = state.call.steering;
  if (asked.every(({ isGiven }) => isGiven)) return decision;
  const taken = new Set<string>();
  const commands: CallCommand[] = [];
  const given = asked.map((each) => {
    const line = lineOf(each.command);
    const isFree = !taken.has(line);
    taken.add(line);
    if (each.isGiven || !isFree) return each;
    commands.push(each.command);
    return { ...each, isGiven: true };
  });
  const call = steered(state.call, { asked: given });
  return { ...decision, state: { ...state, call }, commands: [...decision.commands, ...commands] };
}

function lineOf({ kind }: TelephonyCommand): string {
  if (kind === "play_start" || kind === "play_stop") return "sound";
  if (kind === "record_pause" || kind === "record_resume") return "recording";
  if (kind === "bridge" || kind.startsWith("conference_")) return "mute";
  return kind;
}
