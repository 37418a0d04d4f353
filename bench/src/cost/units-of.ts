import { objectGbSeconds, operationsOfMessages, requestsOfMessages, type Units } from "./prices.ts";
import type { Counts } from "./read-counts.ts";

/** The transcriber fetches a recording once, by a presigned URL that passes our workers by. */
const TRANSCRIBERS_READS = 1;

/**
 * What a call's counts are to the platform; `cpuMs` is the processor time of the workers, since objects are not billed for theirs. A
 * room that hears is active for all of `activeMs`, once, however many of its events are under way meanwhile.
 */
export function unitsOf(counts: Counts, cpuMs: number, options: { hasInvocationLogs: boolean }): Units {
  const { counted, live, logLines } = counts;
  const objectRequests =
    counted.object_request + requestsOfMessages(counted.object_message_in + (live?.messagesIn ?? 0));
  return {
    workerRequests: counted.worker_request,
    workerCpuMs: cpuMs,
    objectRequests,
    objectGbSeconds: objectGbSeconds(Math.max(counted.object_active_ms, live?.activeMs ?? 0)),
    rowsRead: counted.row_read,
    rowsWritten: counted.row_written,
    queueOperations: operationsOfMessages(counted.queue_message),
    kvReads: counted.kv_read,
    kvWrites: counted.kv_write,
    r2ClassA: counted.r2_class_a,
    r2ClassB: counted.r2_class_b + TRANSCRIBERS_READS,
    logEvents: logLines + (options.hasInvocationLogs ? counted.worker_request + counted.object_request : 0),
  };
}
