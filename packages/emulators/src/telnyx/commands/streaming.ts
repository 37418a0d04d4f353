import { streamRequestOf } from "../media/request.ts";
import { startStream } from "../media/start-stream.ts";
import { problems } from "../problem.ts";
import { ForkStartBody, StreamingStartBody, StreamingStopBody } from "../schema/commands.ts";
import { command } from "./command.ts";

export const streamingStart = command("streaming_start", StreamingStartBody, "answered", (carrier, leg, body) => {
  const request = streamRequestOf(body, leg);
  if (request !== undefined) startStream(carrier, leg, request);
  return undefined;
});

export const streamingStop = command("streaming_stop", StreamingStopBody, "answered", (_, leg, { stream_id }) => {
  const running = leg.streams.filter((stream) => stream.isRunning && (stream_id ?? stream.id) === stream.id);
  if (running.length === 0) throw problems.notStreaming();
  for (const stream of running) stream.close("stopped");
  return undefined;
});

/** Forking is the other way to get at a call's media: known here only to be refused. */
export const forkStart = command("fork_start", ForkStartBody, "answered", (_, leg) => {
  if (leg.streams.some((stream) => stream.isRunning)) throw problems.forbiddenWhileStreaming();
  throw problems.notEmulated("forking of media");
});
