import { z } from "zod";
import type { ControlDoor } from "../doors/control-door.ts";

const TranscriberBooks = z.object({
  /** What stands on the bill. */
  billed: z.array(z.object({ id: z.string(), audioSeconds: z.number() })),
  transcripts: z.array(z.object({ id: z.string(), status: z.string(), audioUrl: z.string() })),
});
export type TranscriberBooks = z.infer<typeof TranscriberBooks>;

/** The transcriber's own record: what it was asked for, and what it charges for. */
export async function readTranscriberBooks(control: ControlDoor): Promise<TranscriberBooks> {
  return TranscriberBooks.parse(await control.ask("GET", "/transcripts"));
}
