import type { TelephonyOutcome } from "../ports/telephony.ts";
import { ask, steered, steerKey } from "./ask-carrier.ts";
import type { Told } from "./decision.ts";
import type { CallFact } from "./fact.ts";
import { legOfTransfer } from "./follow-transfer.ts";
import { ownLeg } from "./leg.ts";
import type { Call, Leg } from "./machine-state.ts";
import { commandFailed } from "./refusal.ts";
import type { Asked } from "./steering.ts";
import { begun, refused, type Talking, type Verdict, type Wisher } from "./verdict.ts";

type Command = Asked["command"];
/** A command of a step before it has its key. */
type Step = Omitted<Extract<Command, { kind: "bridge" | "conference_create" | "conference_join" | "conference_mute" }>>;
type Omitted<C> = C extends unknown ? Omit<C, "key"> : never;
type Stepper = Pick<Asked, "by" | "at"> & { readonly key: string; readonly action: "mute" | "unmute" };
type Wished = NonNullable<Call["steering"]["mute"]["wished"]>;

/**
 * Mutes our side or lets it be heard again. The carrier has that for participants of a conference alone, so at the first time
 * both legs go into one, step by step; later it is one command.
 */
export function muteSide(state: Talking, { by, at, n }: Wisher, isMuted: boolean): Verdict {
  const { call } = state;
  const { mute } = call.steering;
  if (mute.wished === null && !isMuted) return refused("Our side was not muted.");
  if (sideLeg(call) === null) {
    return refused("Our side has no leg of its own on this call, so the carrier cannot mute it.");
  }
  if (mute.wished?.isOn === isMuted) return { kind: "already", deed: mute.wished };
  const wished: Wished = { isOn: isMuted, by, at, key: steerKey(call, isMuted ? "mute" : "unmute", n) };
  const turned = steered(call, { mute: { ...mute, wished }, isRearranged: true });
  // A step that is under way goes on to what is wished when it is done.
  const isUnderWay = call.steering.asked.some(({ action }) => action === "mute" || action === "unmute");
  return begun(state, isUnderWay ? turned : askNextStep(turned));
}

/** Applies the last word on one of the steps. */
export function takeMuteStep(call: Call, at: string, asked: Asked, outcome: TelephonyOutcome): Told {
  const { command } = asked;
  if (outcome.kind !== "accepted") return stepFailed(call, at, asked, outcome);
  switch (command.kind) {
    case "bridge":
      return { call: askNextStep(steered(call, { conference: { stage: "staying" } })), facts: [] };
    case "conference_create": {
      const id = outcome.conferenceId;
      if (id === undefined) return stepFailed(call, at, asked, unnamed);
      return { call: askNextStep(steered(call, { conference: { stage: "made", id } })), facts: [] };
    }
    case "conference_join":
      return muted(steered(call, { conference: { stage: "joined", id: command.conferenceId } }), asked, true);
    case "conference_mute":
      return muted(call, asked, command.isMuted);
    default:
      return { call, facts: [] };
  }
}

const unnamed = { kind: "refused" as const, code: "unnamed", message: "The carrier did not name the conference." };

function muted(call: Call, { by, at, command: { key } }: Asked, isMuted: boolean): Told {
  const { mute } = call.steering;
  const taken = { isOn: isMuted, by, at, key };
  const action = isMuted ? "mute" : "unmute";
  const facts: CallFact[] = [{ type: "call.steered", at, by, action, detail: null }];
  return { call: askNextStep(steered(call, { mute: { ...mute, taken } })), facts };
}

/**
 * Nothing is muted by a step that failed. Once the call's own leg may have gone ahead into a conference, the two are connected
 * again as they were: people who talk with each other matter more than a wish to be unheard.
 */
function stepFailed(
  call: Call,
  at: string,
  asked: Asked,
  outcome: Exclude<TelephonyOutcome, { kind: "accepted" }>,
): Told {
  const { mute } = call.steering;
  const gone = { code: "call_gone", message: "The carrier says that our side has left the call." };
  const facts = [commandFailed(asked.action, at, outcome.kind === "call_gone" ? gone : outcome)];
  const fallenBack = steered(call, { mute: { ...mute, wished: mute.taken } });
  const { kind } = asked.command;
  if (kind !== "conference_create" && kind !== "conference_join") return { call: fallenBack, facts };
  const back = steered(fallenBack, { conference: { stage: "none" } });
  const stepper = { by: asked.by, at: asked.at, action: "unmute" as const, key: asked.command.key };
  return { call: askStep(back, stepper, together), facts };
}

function askNextStep(call: Call): Call {
  const { mute, conference } = call.steering;
  const { wished } = mute;
  if (wished === null) return call;
  const wisher = { ...wished, action: wished.isOn ? ("mute" as const) : ("unmute" as const) };
  switch (conference.stage) {
    case "none":
    case "staying": {
      if (!wished.isOn) return call;
      return conference.stage === "none"
        ? askStep(call, wisher, together)
        : askStep(call, wisher, (_, own) => ({ kind: "conference_create", controlId: own.controlId }));
    }
    case "made":
      return askStep(call, wisher, ({ controlId }) => {
        return { kind: "conference_join", controlId, conferenceId: conference.id };
      });
    case "joined": {
      if (wished.isOn === (mute.taken?.isOn ?? false)) return call;
      return askStep(call, wisher, ({ controlId }) => {
        return { kind: "conference_mute", controlId, conferenceId: conference.id, isMuted: wished.isOn };
      });
    }
  }
}

/** Connects the two directly, so that our side's leg stays when the call's own leaves it for a conference. */
function together(leg: Leg, own: Leg): Step {
  return { kind: "bridge", controlId: leg.controlId, other: own.controlId };
}

/** Asks for a step of the legs that it takes; where our side has left meanwhile there is nothing to be done. */
function askStep(call: Call, { by, at, key, action }: Stepper, commandOf: (leg: Leg, own: Leg) => Step): Call {
  const leg = sideLeg(call);
  const own = ownLeg(call);
  if (leg === null || own === null) return call;
  const step = commandOf(leg, own);
  return ask(call, { by, at, action, detail: null, command: { ...step, key: `${key}.${step.kind}` } });
}

/** The leg of the one who speaks for our side: whom the call was transferred to. */
function sideLeg(call: Call): Leg | null {
  const leg = call.steering.transfer?.phase === "connected" ? legOfTransfer(call) : null;
  return leg?.endedAt === null ? leg : null;
}
