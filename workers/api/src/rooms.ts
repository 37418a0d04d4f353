import type { CallRooms } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import type { Env } from "./env.ts";

/** The calls' rooms by RPC. What the room refuses is thrown as it is; a room that does not answer is `unavailable`. */
export function callRooms(env: Pick<Env, "CALL_ROOM">): CallRooms {
  return (room) => ({
    placeCall: (command) => heard(env.CALL_ROOM.getByName(room).placeCall(command)),
    hangUp: (input) => heard(env.CALL_ROOM.getByName(room).hangUp(input)),
  });
}

async function heard<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new EarwitnessError(
      "unavailable",
      "The call's room does not answer. Try again; the same wish happens once.",
      {
        retryable: true,
        cause: error,
      },
    );
  }
}
