import type { JobId, LiveNews, WorkspaceId } from "@earwitness/shared";
import type { QueueName } from "../job/job.ts";
import type { RoutingSnapshot } from "../workspace/routing-snapshot.ts";

/** The queues of jobs. A message carries an id and nothing else; it may be lost or come twice. */
export interface JobQueue {
  send(queue: QueueName, jobIds: readonly JobId[], delayMs?: number): Promise<void>;
}

/** Where a workspace's browsers listen. */
export interface LiveChannel {
  publish(workspaceId: WorkspaceId, news: readonly LiveNews[]): Promise<void>;
  /** Closes the sockets of a session or key that is no more; twice is as good as once. */
  closeSession(workspaceId: WorkspaceId, sessionId: string): Promise<void>;
  /** Closes the sockets of a session whose owner may something else now, so that they come back; twice is as good as once. */
  renewSession(workspaceId: WorkspaceId, sessionId: string): Promise<void>;
}

/** Where rooms read the settings of numbers: seconds behind the record, and there when the record is not. */
export interface RoutingStore {
  put(snapshot: RoutingSnapshot): Promise<void>;
}
