import type { MediaSocketResult, WayResult } from "./bench-media-socket.ts";
import { WAYS, type Way } from "./ways.ts";

/** The result as a person reads it. */
export function describeMediaSocket(result: MediaSocketResult): string {
  const { pipe, accepting, hibernating, handed } = result.ways;
  return [
    `${result.calls} calls for ${result.seconds} s, ${result.rounds} rounds; the carrier itself was late by ${result.carrierLateMsP99} ms (p99)`,
    describeWay("pipe", pipe),
    describeWay("accepting", accepting),
    describeWay("hibernating", hibernating),
    describeWay("handed", handed),
  ].join("\n\n");
}

function describeWay(way: Way, result: WayResult): string {
  const { latencyMs, cpuMsPerCallMinute, memoryPerCallKiB, framesSent, framesLost, perCallMinute, lost } = result;
  const lines = [
    `${WAYS[way]}`,
    `  p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms; ${framesLost} of ${framesSent} frames lost`,
    `  ${cpuMsPerCallMinute} ms of processor a call-minute, ${memoryPerCallKiB} KiB a call`,
  ];
  if (perCallMinute !== null) {
    const { messagesIn, rowsWritten } = perCallMinute;
    lines.push(`  the object, a call-minute: ${messagesIn} messages in, ${rowsWritten} rows written`);
  }
  for (const [accident, loss] of Object.entries(lost ?? {})) {
    lines.push(
      `  ${accident}: ${loss.unsentMs} ms not sent, ${loss.unkeptMs} ms not kept, ${loss.unheardMs} ms not heard`,
    );
  }
  return lines.join("\n");
}
