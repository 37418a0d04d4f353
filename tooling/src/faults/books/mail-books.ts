import { z } from "zod";
import type { ControlDoor } from "../doors/control-door.ts";

const Mailbox = z.object({
  mails: z.array(z.object({ id: z.string(), to: z.array(z.string()), subject: z.string() })),
});
export type DeliveredMail = z.infer<typeof Mailbox>["mails"][number];

/** What lies in the mailbox of everybody. */
export async function readMailBooks(control: ControlDoor): Promise<DeliveredMail[]> {
  return Mailbox.parse(await control.ask("GET", "/mailbox")).mails;
}
