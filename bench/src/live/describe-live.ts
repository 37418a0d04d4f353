import type { LiveResult } from "./bench-live.ts";

/** The result as a person reads it. */
export function describeLive(result: LiveResult): string {
  const { rooms, pipe, addedLatencyMs, eventToBrowserMs } = result;
  const line = (
    name: string,
    { latencyMs, cpuMsPerCallMinute, memoryPerCallKiB, framesSent, framesLost }: typeof rooms,
  ) =>
    `${name}  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms; ${framesLost} of ${framesSent} frames lost; ${cpuMsPerCallMinute} ms of processor a call-minute; ${memoryPerCallKiB} KiB a call`;
  return [
    `${result.calls} calls for ${result.seconds} s, ${result.rounds} rounds; the carrier itself was late by ${result.carrierLateMsP99} ms (p99)`,
    line("bare pipe", pipe),
    line("rooms    ", rooms),
    `added      p50 ${addedLatencyMs.p50} ms, p99 ${addedLatencyMs.p99} ms beyond the packing interval`,
    `a carrier's event is in the browser after p50 ${eventToBrowserMs.p50} ms, p95 ${eventToBrowserMs.p95} ms (${eventToBrowserMs.count} events)`,
  ].join("\n");
}
