import type { CallRooms } from "@earwitness/core";
import { EarwitnessError, ERROR_STATUS, withinLimit } from "@earwitness/shared";
import { z } from "zod";
import type { Env } from "./env.ts";

/** An error of ours after its way by RPC: a plain `Error` with the same properties (compatibility flag `enhanced_error_serialization`). */
const Told = z.object({
  name: z.literal("EarwitnessError"),
  code: z.enum(Object.keys(ERROR_STATUS)).pipe(z.custom<keyof typeof ERROR_STATUS>()),
  message: z.string(),
  retryable: z.boolean(),
});

/** The calls' rooms by RPC. What a room refuses is thrown as the room said it; a room that does not answer is `unavailable`. */
export function callRooms(env: Pick<Env, "CALL_ROOM">): CallRooms {
  return (room) => ({
    placeCall: (command) => heard(env.CALL_ROOM.getByName(room).placeCall(command)),
    hangUp: (input) => heard(env.CALL_ROOM.getByName(room).hangUp(input)),
    deliver: (notice) => heard(env.CALL_ROOM.getByName(room).deliver(notice)),
    steer: (command) => heard(env.CALL_ROOM.getByName(room).steer(command)),
  });
}

/** A room decides in milliseconds; one that is being moved by the platform may need seconds. */
const ROOM_TIME_LIMIT_MS = 5_000;

async function heard<T>(answer: Promise<T>): Promise<T> {
  try {
    return await withinLimit(answer, ROOM_TIME_LIMIT_MS);
  } catch (error) {
    const told = Told.safeParse(error);
    if (told.success) {
      const { code, message, retryable } = told.data;
      throw new EarwitnessError(code, message, { retryable, cause: error });
    }
    throw new EarwitnessError(
      "unavailable",
      "The call's room does not answer. Try again: the same wish happens once.",
      { retryable: true, cause: error },
    );
  }
}
