import { type OutboxDoors, type QueueName, routingKey } from "@earwitness/core";
import type { JobMessage } from "@earwitness/shared";
import type { JobsEnv } from "./env.ts";

/** What `sendBatch` takes at a time. https://developers.cloudflare.com/queues/platform/limits/ */
const MESSAGES_PER_SEND = 100;
/** The longest delay that a queue takes; what waits longer is sent again by the sweep. */
const MAX_DELAY_S = 12 * 60 * 60;

/** Where the outbox's effects go. */
export function outboxDoors(env: JobsEnv): OutboxDoors {
  const queues: Record<QueueName, Queue> = {
    recordings: env.RECORDING_JOBS,
    transcripts: env.TRANSCRIPT_JOBS,
    mail: env.MAIL_JOBS,
    bulk: env.BULK_JOBS,
  };
  return {
    jobQueue: {
      async send(queue, jobIds, delayMs = 0) {
        const delaySeconds = Math.min(MAX_DELAY_S, Math.ceil(delayMs / 1000));
        const messages = jobIds.map((jobId) => ({ body: { jobId } satisfies JobMessage, delaySeconds }));
        for (let start = 0; start < messages.length; start += MESSAGES_PER_SEND) {
          await queues[queue].sendBatch(messages.slice(start, start + MESSAGES_PER_SEND));
        }
      },
    },
    live: {
      publish: (workspaceId, news) => env.WORKSPACE_ROOM.getByName(workspaceId).publish([...news]),
      closeSession: (workspaceId, sessionId) => env.WORKSPACE_ROOM.getByName(workspaceId).closeSession(sessionId),
      renewSession: (workspaceId, sessionId) => env.WORKSPACE_ROOM.getByName(workspaceId).renewSession(sessionId),
    },
    routing: {
      put: (snapshot) => env.ROUTING.put(routingKey(snapshot.e164), JSON.stringify(snapshot)),
    },
  };
}
