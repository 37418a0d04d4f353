import { queryOptions } from "@tanstack/react-query";
import { command, request } from "./request.ts";

/** The browsers in which somebody is signed in. */

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => request({ path: "/sessions", signal, returns: (contract) => contract.SessionList }),
});

/** Signs one browser out. */
export function endSession(sessionId: string): Promise<void> {
  return command({ path: `/sessions/${sessionId}`, method: "DELETE" });
}

/** Signs out everywhere but here. */
export function endOtherSessions(): Promise<void> {
  return command({ path: "/sessions", method: "DELETE" });
}

/** Signs out everywhere, here included. */
export function endAllSessions(): Promise<void> {
  return command({ path: "/sessions?include=current", method: "DELETE" });
}
