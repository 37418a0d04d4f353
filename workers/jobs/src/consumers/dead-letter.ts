import { failureForEverybody } from "@earwitness/core";
import { errorFields } from "@earwitness/shared/log";
import type { Services } from "../services.ts";
import type { Consumer } from "./consumer.ts";

/** What a queue gave up, and whoever took it last could not keep either: keeps it where it can be looked at and sent again. */
export const consumeDeadLetter: Consumer = (services, message, queue) =>
  keep(services, message, queue, "Every delivery failed; the log of the time says why.");

/** A message that nobody can read would fail for ever. */
export function keepUnreadable(services: Services, message: Message, queue: string): Promise<void> {
  return keep(services, message, queue, "The message is not in a form that is known here.");
}

/** A message whose last delivery has failed: with the cause, which the queue would not hand on with it. */
export function keepFailed(services: Services, message: Message, queue: string, error: unknown): Promise<void> {
  const reason = `Every delivery failed. The last one: ${failureForEverybody(error).message}`;
  return keep(services, message, queue, reason, errorFields(error));
}

async function keep(
  services: Services,
  message: Message,
  queue: string,
  reason: string,
  cause: object = {},
): Promise<void> {
  const body: unknown = message.body ?? null;
  await services.ctx.unitOfWork((tx) => tx.deadLetters.keep({ id: message.id, queue, body, reason }));
  services.log.error("A message is given up", { queue, messageId: message.id, reason, ...cause });
}
