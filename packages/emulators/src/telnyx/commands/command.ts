import type { z } from "zod";
import type { Carrier } from "../carrier.ts";
import type { Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import { check } from "../validate.ts";

/** A command that was sent twice within this time, in milliseconds, is done once. */
const SAME_COMMAND_MS = 60_000;

/** One of `/calls/{id}/actions/…`: checks the request, does it, and returns fields of the answer beyond `result`. */
export type Command = (carrier: Carrier, leg: Leg, request: unknown) => Promise<object>;

interface CommonFields {
  readonly client_state?: string | undefined;
  readonly command_id?: string | undefined;
}

/**
 * Wraps what a command does in the order in which every command is judged: its form, whether it is a repetition, whether the call
 * lives, whether it was answered. Only then its client state is taken and it is done.
 */
export function command<T extends CommonFields>(
  name: string,
  schema: z.ZodType<T>,
  when: "answered" | "alive",
  run: (carrier: Carrier, leg: Leg, body: T) => object | undefined | Promise<object | undefined>,
): Command {
  return async (carrier, leg, request) => {
    const body = check(request, schema);
    leg.agenda.catchUp();
    if (isRepetition(leg, body.command_id)) return {};
    leg.note("command", name, request);
    if (!leg.isAlive) throw problems.callEnded();
    if (when === "answered" && leg.state.kind !== "answered") throw problems.notAnswered();
    leg.lastCommandMs = leg.now;
    if (body.client_state !== undefined) leg.clientState = body.client_state;
    if (body.command_id !== undefined) leg.commandIds.set(body.command_id, Date.now());
    try {
      return (await run(carrier, leg, body)) ?? {};
    } catch (error) {
      // What was refused may be sent again, corrected.
      if (body.command_id !== undefined) leg.commandIds.delete(body.command_id);
      throw error;
    }
  };
}

function isRepetition(leg: Leg, id: string | undefined): boolean {
  const doneAt = id === undefined ? undefined : leg.commandIds.get(id);
  return doneAt !== undefined && Date.now() - doneAt < SAME_COMMAND_MS;
}
