import { NoticeMessage } from "@earwitness/shared";
import type { Consumer } from "./consumer.ts";
import { keepUnreadable } from "./dead-letter.ts";

/** A notice whose room did not answer at the door: hands it on now. */
export const consumeNotice: Consumer = async (services, message, queue) => {
  const parsed = NoticeMessage.safeParse(message.body);
  if (!parsed.success) return keepUnreadable(services, message, queue);
  const { room, notice } = parsed.data;
  await services.rooms(room).deliver(notice);
};
