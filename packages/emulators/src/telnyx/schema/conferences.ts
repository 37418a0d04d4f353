import { z } from "zod";
import { Common } from "./common.ts";
import { UnemulatedInConferences } from "./unemulated.ts";

const Region = { region: z.enum(["Australia", "Europe", "Middle East", "US"]).optional() };
const Beep = z.enum(["always", "never", "on_enter", "on_exit"]).default("never");
const Members = { call_control_ids: z.array(z.string()).optional() };

export const ConferenceCreateBody = z.strictObject({
  ...Common,
  ...Region,
  ...UnemulatedInConferences,
  call_control_id: z.string(),
  name: z.string().min(1),
  beep_enabled: Beep,
  comfort_noise: z.boolean().default(true),
  duration_minutes: z.int().min(1).optional(),
  start_conference_on_create: z.boolean().default(true),
});

export const ConferenceJoinBody = z.strictObject({
  ...Common,
  ...Region,
  ...UnemulatedInConferences,
  call_control_id: z.string(),
  beep_enabled: Beep,
  end_conference_on_exit: z.boolean().default(false),
  soft_end_conference_on_exit: z.boolean().default(false),
  hold: z.boolean().default(false),
  mute: z.boolean().default(false),
  start_conference_on_enter: z.boolean().default(true),
  supervisor_role: z.enum(["barge", "monitor", "none", "whisper"]).optional(),
});

export const ConferenceLeaveBody = z.strictObject({
  ...Region,
  command_id: z.string().optional(),
  call_control_id: z.string(),
  beep_enabled: Beep,
});

export const ConferenceMuteBody = z.strictObject({ ...Region, ...Members });
export const ConferenceHoldBody = z.strictObject({ ...Region, ...Members, ...UnemulatedInConferences });
export const ConferenceUnholdBody = z.strictObject({ ...Region, call_control_ids: z.array(z.string()) });
export const ConferenceEndBody = z.strictObject({ ...Region, command_id: z.string().optional() });
