import type { Stack } from "../../stack/start-stack.ts";
import type { Books } from "../audit/books.ts";
import type { ControlDoor } from "../doors/control-door.ts";
import type { Plan } from "../plan/draw-plan.ts";
import { readCarrierBooks } from "./carrier-books.ts";
import { readMailBooks } from "./mail-books.ts";
import { readRecordBooks } from "./record-books.ts";
import { readStorageBooks } from "./storage-books.ts";
import { readTranscriberBooks } from "./transcriber-books.ts";

/** Reads what everybody who took part in a run has written down of it, beside what was planned. */
export async function readBooks(stack: Stack, control: ControlDoor, plan: Plan): Promise<Books> {
  return {
    planned: plan.calls,
    record: await readRecordBooks(stack.databaseUrl),
    storage: await readStorageBooks(stack),
    carrier: await readCarrierBooks(control),
    transcriber: await readTranscriberBooks(control),
    mailbox: await readMailBooks(control),
  };
}
