import { randomUUID } from "node:crypto";
import type { Leg } from "../leg/leg.ts";
import { problems } from "../problem.ts";
import { StreamingStartBody, StreamingStopBody } from "../schema/commands.ts";
import { command } from "./command.ts";

export const streamingStart = command("streaming_start", StreamingStartBody, "answered", (_, leg, body) => {
  startStream(leg, body.stream_url, body.stream_track);
  return undefined;
});

export const streamingStop = command("streaming_stop", StreamingStopBody, "answered", () => {
  throw problems.notStreaming();
});

/** This stand-in opens no media socket, and says so as the vendor does when a socket cannot be opened. */
export function startStream(leg: Leg, url: string, track: string): void {
  leg.agenda.at(leg.now, () => {
    leg.notify("streaming.failed", {
      ...leg.identifiers(),
      failure_reason: "connection_failed",
      stream_id: randomUUID(),
      stream_params: { stream_url: url, track },
      stream_type: "websocket",
    });
  });
}
