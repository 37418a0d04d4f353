import type { LiveResult } from "./bench-live.ts";

/** The result as a person reads it. */
export function describeLive(result: LiveResult): string {
  const { rooms, pipe, addedLatencyMs, eventToBrowserMs } = result;
  return [
    `${result.calls} calls for ${result.seconds} s, ${result.rounds} rounds`,
    describePath("bare pipe", pipe),
    describePath("rooms    ", rooms),
    `added      p50 ${addedLatencyMs.p50} ms, p99 ${addedLatencyMs.p99} ms beyond the packing interval`,
    `of ${result.calls * result.rounds} calls ${result.callsNotAnswered} were not answered, ${rooms.callsNotStreamed} did not speak; ${result.timesReopened} streams were begun again, ${result.noticesRefused} notices posted again`,
    `a carrier's event is in the browser after p50 ${eventToBrowserMs.p50} ms, p95 ${eventToBrowserMs.p95} ms (${eventToBrowserMs.count} events, ${eventToBrowserMs.notHeard} not heard of; its socket was closed ${result.browserReopened} times)`,
  ].join("\n");
}

function describePath(name: string, path: LiveResult["rooms"]): string {
  const { latencyMs, cpuMsPerCallMinute, memoryPerCallKiB, framesSent, framesLost, isSaturated, carrierLateMsP99 } =
    path;
  return [
    `${name}  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms${isSaturated ? " (saturated)" : ""}`,
    `${framesLost} of ${framesSent} frames lost`,
    `${cpuMsPerCallMinute} ms of processor a call-minute`,
    `${memoryPerCallKiB} KiB a call`,
    `the carrier itself was late by ${carrierLateMsP99} ms (p99)`,
  ].join("; ");
}
