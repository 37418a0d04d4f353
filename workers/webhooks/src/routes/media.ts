import { readMediaTicket } from "@earwitness/core";
import type { Handler } from "hono";
import type { DoorEnv } from "../door-env.ts";
import { problem } from "../problem.ts";

/**
 * The carrier's media socket. The ticket in its path proves it, before any room is woken; the socket itself ends in the room
 * of the call, which takes one for each stream that it asked for.
 */
export const media: Handler<DoorEnv, "/media/:ticket"> = async (c) => {
  const { services, requestId, log } = c.var;
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    return problem("upgrade_required", "Sound is streamed here, over a WebSocket.", requestId);
  }
  const stream = await readMediaTicket(services.liveSecret, c.req.param("ticket"), new Date());
  if (stream === null) {
    log.warn("A media socket was refused.", { fault: "ticket" });
    return problem("unauthenticated", "This address is not one of ours, or no longer.", requestId);
  }
  const { room, key } = stream;
  const answer = await services.rooms.getByName(room).fetch(`https://call-room/media?key=${encodeURIComponent(key)}`, {
    headers: { upgrade: "websocket" },
  });
  if (answer.status === 101) return answer;
  log.warn("A room did not take its media socket.", { room, commandKey: key, status: answer.status });
  return answer.status === 409
    ? problem("conflict", "This stream is not awaited, or is here already.", requestId)
    : problem("unavailable", "The room did not take the stream.", requestId);
};
