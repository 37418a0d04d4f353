import { EarwitnessError, type SteerTaken } from "@earwitness/shared";
import { steered } from "./ask-carrier.ts";
import type { Logged } from "./call-event.ts";
import { type Decision, decided, ignored } from "./decision.ts";
import { answeredAtOf } from "./leg.ts";
import { type CallState, callOf, isLineHeld, type MachineState } from "./machine-state.ts";
import type { SteerCommand } from "./room-door.ts";
import type { Answered, SteerAnswer } from "./steering.ts";
import { refused, type Verdict } from "./verdict.ts";
import { decideWish } from "./wish.ts";

/** A repeat comes within minutes of the first; more wishes than these nobody has in that time. */
const MAX_ANSWERS = 50;
/** The carrier answers within a second; so many without an answer are a key that is leant on. */
const MAX_ASKED = 20;

/** Decides upon a wish, and remembers what is answered, so that the same wish under the same key is one. */
export function steerCall(state: MachineState, logged: Logged, command: SteerCommand): Decision {
  if (state.phase === "awaited" || earlierAnswer(state, command) !== null) return ignored(state);
  const verdict = decideWhenPossible(state, logged, command);
  const answer = answerOf(verdict, command.by, logged.at);
  const next = verdict.kind === "begun" ? verdict.state : state;
  const { by, key, wish } = command;
  const answers = [...next.call.steering.answers, { by, key, wish: nameOf(wish), answer }].slice(-MAX_ANSWERS);
  const remembering = { ...next, call: steered(next.call, { answers }) };
  return verdict.kind === "begun"
    ? decided(remembering, { facts: verdict.facts })
    : { ...ignored(state), state: remembering };
}

/**
 * The answer to a wish that was decided upon, however often it is asked for; null for a new one. Throws `conflict` with the
 * sentence that says why it could not be, `unprocessable` for another wish under the key of an earlier one.
 */
export function steerAnswer(state: MachineState, command: SteerCommand): Omit<SteerTaken, "callId" | "byName"> | null {
  const earlier = earlierAnswer(state, command);
  if (earlier === null) return null;
  if (earlier.wish !== nameOf(command.wish)) {
    throw new EarwitnessError("unprocessable", "This Idempotency-Key was used for another wish. Take a new key.", {
      fields: [{ pointer: "header/idempotency-key", detail: "was used with another body" }],
    });
  }
  const { answer } = earlier;
  if (answer.kind === "refused") throw new EarwitnessError("conflict", answer.message, { retryable: false });
  const { effect, by, at } = answer;
  return { effect, by, at };
}

/** Keys of two people are never the same. */
function earlierAnswer(state: MachineState, { by, key }: SteerCommand): Answered | null {
  const answers = callOf(state)?.steering.answers ?? [];
  return answers.find((answered) => answered.by === by && answered.key === key) ?? null;
}

function decideWhenPossible(state: CallState, logged: Logged, { by, wish }: SteerCommand): Verdict {
  if (state.phase === "ended" || state.call.goneAt !== null) return refused("The call had ended already.");
  if (!isLineHeld(state.call)) return refused("The call was already being hung up.");
  if (answeredAtOf(state.call) === null) return refused("The call was not answered yet.");
  if (state.phase !== "talking") return refused("The announcement was not over yet.");
  if (state.call.steering.asked.length >= MAX_ASKED) {
    return refused("The carrier had not answered to earlier commands yet. Try again in a moment.");
  }
  return decideWish(state, { by, at: logged.at, n: logged.n }, wish);
}

function answerOf(verdict: Verdict, by: string, at: string): SteerAnswer {
  switch (verdict.kind) {
    case "begun":
      return { kind: "taken", effect: "begun", by, at };
    case "already":
      return { kind: "taken", effect: "already", by: verdict.deed.by, at: verdict.deed.at };
    case "refused":
      return verdict;
  }
}

/** Tells one wish from another. Digits may be a card's number, and this is kept: only how many they are is told. */
function nameOf(wish: SteerCommand["wish"]): string {
  switch (wish.action) {
    case "transfer":
      return `transfer ${wish.to}`;
    case "send_dtmf":
      return `send_dtmf ${wish.digits.length}`;
    case "play_sound":
      return `play_sound ${wish.sound}`;
    default:
      return wish.action;
  }
}
