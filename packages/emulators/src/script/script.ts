import { z } from "zod";

const Line = z.strictObject({
  /** `caller` is the other end of the line, whichever side dialled; `agent` is ours. */
  speaker: z.enum(["caller", "agent"]),
  text: z.string().min(1).max(1000),
  /** Silence between the end of the line before and this one. */
  pauseBeforeMs: z.int().min(0).max(600_000).default(350),
});

/** A conversation that two people speak on a call. */
export const Script = z.strictObject({
  title: z.string().max(200).default("Conversation"),
  /** An espeak-ng language: `en`, `es`, `de`, … */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default("en"),
  lines: z.array(Line).min(1).max(500),
  /** Silence after the last line, before the caller hangs up. */
  tailMs: z.int().min(0).max(600_000).default(600),
});

export type Script = z.infer<typeof Script>;
