import { BUILT_IN_SCRIPTS, DEFAULT_SCRIPT } from "../script/built-in.ts";
import { type Performance, perform } from "../script/perform.ts";
import { Script } from "../script/script.ts";
import { beep } from "../speech/beep.ts";
import type { Carrier } from "./carrier.ts";
import { answerLeg } from "./leg/answer-leg.ts";
import { Conversation, type Plan } from "./leg/conversation.ts";
import { endLeg } from "./leg/end-leg.ts";
import type { Ending, Leg } from "./leg/leg.ts";
import { reportMachineDetection } from "./machine-detection.ts";
import type { StreamRequest } from "./media/request.ts";
import { type PhoneBookEntry, UNKNOWN_NUMBER } from "./phone-book.ts";

export interface Ringing {
  readonly timeoutSecs: number;
  readonly timeLimitSecs: number;
  readonly retryOnTimeout: boolean;
  readonly machineDetection: string;
  /** The media stream that `onAnswer` will start. */
  readonly stream: StreamRequest | undefined;
  /** Runs when the other end has picked up, after `call.answered`. */
  readonly onAnswer: () => void;
}

const BUSY: Ending = { cause: "user_busy", source: "callee", sip: "486" };
const REJECTED: Ending = { cause: "call_rejected", source: "callee", sip: "603" };

/** Lets an outbound leg ring, and the other end behave as the phone book says. */
export function ringOut(carrier: Carrier, leg: Leg, ringing: Ringing): void {
  const entry = carrier.phoneBook.get(leg.to) ?? UNKNOWN_NUMBER;
  const later = (afterMs: number, act: () => void) => {
    leg.agenda.at(leg.now + afterMs, () => {
      if (leg.state.kind === "ringing") act();
    });
  };
  later(ringing.timeoutSecs * 1000, () =>
    endLeg(carrier, leg, {
      cause: ringing.retryOnTimeout ? "timeout" : "no_answer",
      source: "unknown",
      sip: ringing.retryOnTimeout ? "unspecified" : "480",
    }),
  );
  switch (entry.behaviour) {
    case "busy":
      later(entry.afterMs, () => endLeg(carrier, leg, BUSY));
      break;
    case "rejected":
      later(entry.afterMs, () => endLeg(carrier, leg, REJECTED));
      break;
    case "failed":
      later(entry.afterMs, () => endLeg(carrier, leg, { cause: entry.hangupCause, source: "unknown", sip: "404" }));
      break;
    case "no_answer":
      break;
    default:
      leg.recordingBytes = entry.behaviour === "answer" ? entry.recordingBytes : undefined;
      leg.conversation = new Conversation(leg, planOf(carrier, entry), (party, ending) =>
        endLeg(carrier, party, ending),
      );
      later(entry.afterMs, () => pickUp(carrier, leg, entry, ringing));
  }
}

type Picked = Extract<PhoneBookEntry, { behaviour: "answer" | "machine" }>;

function pickUp(carrier: Carrier, leg: Leg, entry: Picked, ringing: Ringing): void {
  answerLeg(leg, ringing.stream);
  reportMachineDetection(leg, ringing.machineDetection, entry);
  leg.agenda.at(leg.now + ringing.timeLimitSecs * 1000, () =>
    endLeg(carrier, leg, { cause: "time_limit", source: "unknown", sip: "unspecified" }),
  );
  ringing.onAnswer();
}

function planOf(carrier: Carrier, entry: Picked): Plan {
  const graceMs = carrier.settings.conversationGraceMs;
  if (entry.behaviour === "machine") {
    return {
      performance: machineGreeting(entry.greeting, entry.listensMs),
      callerAudio: null,
      hangupBy: "caller",
      hangupCause: null,
      waitsForQuiet: false,
      graceMs,
    };
  }
  return {
    performance: perform(scriptOf(entry.script)),
    callerAudio: null,
    hangupBy: entry.hangupBy,
    hangupCause: entry.hangupCause ?? null,
    waitsForQuiet: true,
    graceMs,
  };
}

async function machineGreeting(greeting: string, listensMs: number): Promise<Performance> {
  const script = Script.parse({ title: "Mailbox", lines: [{ speaker: "caller", text: greeting }], tailMs: 0 });
  const spoken = await perform(script);
  const tone = { speaker: "caller", text: "", start: spoken.length, speech: beep() } as const;
  const length = spoken.length + tone.speech.pcm.length + listensMs * 8;
  return { ...spoken, lines: [...spoken.lines, tone], length };
}

/** A script by its name, a script itself, or the default. Throws a sentence when it is neither. */
export function scriptOf(script: unknown): Script {
  const named = BUILT_IN_SCRIPTS[typeof script === "string" ? script : DEFAULT_SCRIPT];
  if (typeof script === "string" && named === undefined) {
    throw new Error(`There is no script '${script}'. There are: ${Object.keys(BUILT_IN_SCRIPTS).join(", ")}.`);
  }
  return script === undefined || typeof script === "string" ? Script.parse(named) : Script.parse(script);
}
