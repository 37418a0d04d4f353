import { projectRoom } from "@earwitness/core";
import { FactsMessage } from "@earwitness/shared";
import { withLogContext } from "@earwitness/shared/log";
import type { Consumer } from "./consumer.ts";
import { keepUnreadable } from "./dead-letter.ts";

/** A room has facts: puts them into the record. */
export const consumeFacts: Consumer = async (services, message, queue) => {
  const parsed = FactsMessage.safeParse(message.body);
  if (!parsed.success) return keepUnreadable(services, message, queue);
  const { room } = parsed.data;
  await withLogContext({ room }, () => projectRoom(services.ctx, services.rooms(room), room));
};
