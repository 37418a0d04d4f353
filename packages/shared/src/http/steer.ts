import { z } from "zod";
import { CallId } from "../ids.ts";
import { Instant } from "./call.ts";

/** The sounds that can be played into a call. */
export const SoundName = z.enum(["chime", "beep"]);
export type SoundName = z.infer<typeof SoundName>;

const E164_OR_NATIONAL = z.string().min(3).max(64);

/** A wish about a call on the line. Each happens once, however many ask for it. */
export const SteerCall = z.discriminatedUnion("action", [
  z.object({ action: z.literal("hold") }),
  z.object({ action: z.literal("resume") }).describe("Ends the hold"),
  z.object({ action: z.literal("mute") }).describe("Our side is not heard by the other"),
  z.object({ action: z.literal("unmute") }),
  z.object({
    action: z.literal("transfer"),
    to: E164_OR_NATIONAL.describe(
      "The phone to connect the caller with: E.164, or national form of our number's country",
    ),
  }),
  z.object({
    action: z.literal("send_dtmf"),
    digits: z.string().regex(/^[0-9A-D*#wW]{1,64}$/, {
      error: "must be 1 to 64 of 0–9, A–D, *, #, w (half a second) and W (a second)",
    }),
  }),
  z.object({ action: z.literal("pause_recording") }),
  z.object({ action: z.literal("resume_recording") }),
  z.object({ action: z.literal("play_sound"), sound: SoundName }),
]);
export type SteerCall = z.infer<typeof SteerCall>;

export const SteerTaken = z
  .object({
    callId: CallId,
    effect: z.enum(["begun", "already"]).describe("`already`: it is so because of an earlier wish; it happens once"),
    by: z.string().describe("Whose wish it was: the id of a person or a key"),
    byName: z.string().nullable(),
    at: Instant.describe("When that was wished"),
  })
  .meta({ id: "SteerTaken" });
export type SteerTaken = z.infer<typeof SteerTaken>;
