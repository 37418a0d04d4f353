import type { CallCommand } from "./call-command.ts";
import type { LoggedEvent } from "./call-event.ts";
import { decideCall } from "./decide-call.ts";
import { initialState, type MachineState } from "./machine-state.ts";

/** A command without its last word, and when it was given. */
export interface GivenCommand {
  readonly command: CallCommand;
  readonly givenAt: string;
}

/** What a log leads to: the same state as when its events came one by one, and the commands that are still open. */
export interface Replayed {
  readonly state: MachineState;
  readonly open: readonly GivenCommand[];
}

export function replayCall(log: Iterable<LoggedEvent>, from: MachineState = initialState): Replayed {
  let state = from;
  const open = new Map<string, GivenCommand>();
  for (const logged of log) {
    const decision = decideCall(state, logged);
    state = decision.state;
    for (const command of decision.commands) open.set(command.key, { command, givenAt: logged.at });
    const { event } = logged;
    if (event.type === "command_done" || event.type === "routing_resolved") open.delete(event.key);
  }
  return { state, open: [...open.values()] };
}
