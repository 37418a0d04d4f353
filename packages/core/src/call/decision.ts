import type { CallCommand } from "./call-command.ts";
import type { CallFact } from "./fact.ts";
import type { Call, MachineState } from "./machine-state.ts";

/** What the machine makes of one event: the next state, and what the driver is to do and to tell. */
export interface Decision {
  readonly state: MachineState;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
  /** False for an event that changed nothing about a call: a repeat, one that comes too late, one without a call. */
  readonly isApplied: boolean;
}

/** A call after something has happened to it, and what is told of that. */
export interface Told {
  readonly call: Call;
  readonly facts: readonly CallFact[];
}

/** The event changes nothing about the call. */
export function ignored(state: MachineState): Decision {
  return { state, commands: [], facts: [], isApplied: false };
}

/** The event has been applied, with what is to be told and commanded of it. */
export function decided(
  state: MachineState,
  effects: { facts?: readonly CallFact[]; commands?: readonly CallCommand[] } = {},
): Decision {
  return { state, facts: effects.facts ?? [], commands: effects.commands ?? [], isApplied: true };
}

/** Goes on from a decision: the next one decides upon its state, and the effects of both add up in order. */
export function andThen(first: Decision, next: (state: MachineState) => Decision): Decision {
  const second = next(first.state);
  return {
    state: second.state,
    commands: [...first.commands, ...second.commands],
    facts: [...first.facts, ...second.facts],
    isApplied: first.isApplied || second.isApplied,
  };
}
