import { type NoticeMessage, withinLimit } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { DoorServices } from "./services.ts";

/** The carrier waits two seconds for its 200 before it sends again; what remains is for the queue. */
const ROOM_TIME_LIMIT_MS = 1500;

/** Where a notice was made durable, or that it was not and the vendor has to send it again. */
export type Intake = "room" | "queue" | "nowhere";

/**
 * Makes a verified notice durable: in its room, or in the queue that brings it there later. A room that answers too late
 * may have kept it all the same; the queue's copy is then known by its event id and only counted.
 */
export async function takeIn(message: NoticeMessage, services: DoorServices, log: Logger): Promise<Intake> {
  const { room, notice } = message;
  const fields = { room, vendor: notice.vendor, eventId: notice.eventId, eventType: notice.eventType };
  try {
    await withinLimit(services.rooms.getByName(room).deliver(notice), ROOM_TIME_LIMIT_MS);
    return "room";
  } catch (error) {
    log.warn("A room did not take its notice; the queue brings it later.", { ...fields, ...errorFields(error) });
  }
  try {
    await services.notices.send(message);
    return "queue";
  } catch (error) {
    log.error("Neither the room nor the queue took a notice.", { ...fields, ...errorFields(error) });
    return "nowhere";
  }
}
