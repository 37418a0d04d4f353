import type { CallFact } from "./fact.ts";
import type { Call, MachineState } from "./machine-state.ts";
import type { Deed } from "./steering.ts";

/** The state in which both sides are through to each other. */
export type Talking = Extract<MachineState, { phase: "talking" }>;
/** Who wishes, when, and which entry of the log holds it. */
export type Wisher = Deed & { readonly n: number };

/** What is made of a wish: the state in which it has begun, whose earlier wish it repeats, or why it cannot be. */
export type Verdict =
  | { readonly kind: "begun"; readonly state: Talking; readonly facts: readonly CallFact[] }
  | { readonly kind: "already"; readonly deed: Deed }
  | { readonly kind: "refused"; readonly message: string };

/** The wish is under way in `call`. */
export function begun(state: Talking, call: Call, facts: readonly CallFact[] = []): Verdict {
  return { kind: "begun", state: { ...state, call }, facts };
}

/** The wish cannot be: `message` says why to a person, in the past tense. */
export function refused(message: string): Verdict {
  return { kind: "refused", message };
}
