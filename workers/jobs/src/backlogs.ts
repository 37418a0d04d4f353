import type { BacklogView } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import type { JobsEnv } from "./env.ts";

type Queues = Pick<JobsEnv, "NOTICES" | "FACTS" | "MAIL_NOTICES">;

/**
 * What lies on the queues that carry no jobs, as the platform counts it; jobs are rows, and are counted there. A queue that does not
 * say is left out. https://developers.cloudflare.com/queues/configuration/javascript-apis/
 */
export async function readBacklogs(queues: Queues, nowMs: number, log: Logger): Promise<BacklogView[]> {
  const asked = { notices: queues.NOTICES, facts: queues.FACTS, "mail-notices": queues.MAIL_NOTICES };
  const views = await Promise.all(
    Object.entries(asked).map(async ([name, queue]) => {
      try {
        const { backlogCount, oldestMessageTimestamp } = await queue.metrics();
        // An empty queue has an oldest message of no time, or of 1970.
        const since = backlogCount === 0 ? undefined : oldestMessageTimestamp?.getTime();
        return [{ name, waiting: backlogCount, oldestWaitMs: since === undefined ? null : Math.max(0, nowMs - since) }];
      } catch (error) {
        log.warn("A queue does not say what lies on it", { queue: name, ...errorFields(error) });
        return [];
      }
    }),
  );
  return views.flat();
}
