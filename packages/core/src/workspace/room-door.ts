import type { LiveNews } from "@earwitness/shared";

/** What other workers may ask of a workspace's room (RPC of the WorkspaceRoom object). */
export interface WorkspaceRoomDoor {
  /** Tells the workspace's browsers what changed. */
  publish(news: LiveNews[]): Promise<void>;
  /**
   * Closes the live sockets of a session or key that is no more, here and in the calls' rooms that are watched. Doing it twice
   * changes nothing. Throws when a room does not answer: it is to be asked again.
   */
  closeSession(sessionId: string): Promise<void>;
  /** Notes that a call's room is watched by a session; false where the session has just been closed. */
  watched(room: string, sessionId: string): Promise<boolean>;
}
