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
  /**
   * Closes the live sockets of a session whose owner may something else from now on, so that they come back with what they may.
   * Otherwise like `closeSession`.
   */
  renewSession(sessionId: string): Promise<void>;
  /** Notes that a call's room is watched by a session, unless it was closed or what its owner may has changed since `asOf`. */
  watched(room: string, sessionId: string, asOf: string): Promise<Admission>;
}

/** What becomes of somebody who opens a live socket. `renewed`: what they may is not known any more, they are to come back. */
export type Admission = "admitted" | "closed" | "renewed";
