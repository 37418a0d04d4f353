import { roomNameOfSession } from "@earwitness/core";
import { readTelnyxNoticeHead, roomOfTelnyxNotice } from "@earwitness/providers/telephony";
import type { NoticeMessage, RawNotice } from "@earwitness/shared";
import type { Handler } from "hono";
import type { DoorEnv } from "../door-env.ts";
import { idOfBytes } from "../id-of-bytes.ts";
import { takeIn } from "../intake.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { textOf } from "../text-of.ts";

/**
 * Telnyx's notices: read once, verified over the raw bytes, made durable, then answered 200, which is the only status that
 * Telnyx takes as delivered. What is signed but not understood is kept as well, in a room of its own, and flagged there.
 */
export const telnyxNotice: Handler<DoorEnv> = async (c) => {
  const { services, requestId, log } = c.var;
  const body = await readBody(c.req.raw);
  if (body === null) return problem("too_large", "The notice is longer than is taken.", requestId);
  const nowMs = Date.now();
  const fault = await services.verifyTelnyx({
    signature: c.req.header("telnyx-signature-ed25519"),
    timestamp: c.req.header("telnyx-timestamp"),
    body,
    nowMs,
  });
  if (fault !== null) {
    log.warn("A notice was refused.", { vendor: "telnyx", fault, sizeBytes: body.length });
    return problem("forbidden", "The notice is not signed as the carrier signs.", requestId);
  }
  const intake = await takeIn(await messageOf(body, new Date(nowMs)), services, log);
  if (intake === "nowhere") return problem("unavailable", "The notice could not be kept. Send it again.", requestId);
  return c.body(null, 200);
};

async function messageOf(bytes: Uint8Array, receivedAt: Date): Promise<NoticeMessage> {
  const body = textOf(bytes);
  const received = { vendor: "telnyx", receivedAt: receivedAt.toISOString(), callback: {}, body } as const;
  const head = readTelnyxNoticeHead(body);
  if (head !== null) {
    const { eventId, eventType } = head;
    const notice: RawNotice = { ...received, eventId, eventType, verdict: "readable" };
    return { room: roomOfTelnyxNotice(head), notice };
  }
  const eventId = await idOfBytes(bytes);
  const notice: RawNotice = { ...received, eventId, eventType: "unreadable", verdict: "unreadable" };
  return { room: unsortedRoom(receivedAt), notice };
}

/** One room an hour for what belongs to no call, so that none of them grows without end. */
function unsortedRoom(at: Date): string {
  const [day, time] = at.toISOString().split("T");
  return roomNameOfSession("telnyx", `unsorted:${day}-${time?.slice(0, 2)}`);
}
