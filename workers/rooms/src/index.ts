import { roomServices } from "./services.ts";

export { CallRoom } from "./call-room/call-room.ts";
export { RateLimiter } from "./rate-limiter/rate-limiter.ts";
export { WorkspaceRoom } from "./workspace-room/workspace-room.ts";

/** The rooms have no public route; this answers the platform's own questions about the worker. */
export default {
  async fetch(request: Request, env: object): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/health") return Response.json({ status: "ok" });
    if (pathname === "/ready") {
      roomServices(env);
      return Response.json({ status: "ready" });
    }
    return new Response(null, { status: 404 });
  },
};
