import { authorize, readLiveAddress, WATCHER_HEADER, type Watcher, watcherOf } from "@earwitness/core";
import { type CallId, CallId as CallIdSchema, EarwitnessError, hasCode, isId, LIVE_CLOSE } from "@earwitness/shared";
import { sessionOf } from "./middleware/identify.ts";
import { requireSameOrigin } from "./middleware/same-origin.ts";
import type { Services } from "./services.ts";

/** Where a socket goes: the room of a workspace or of a call. */
interface Destination {
  readonly room: string;
  /** null where the first frame has still to say it. */
  readonly watcher: Watcher | null;
}

/**
 * Opens a live socket, of a workspace or, with `?call=`, of a call. A browser is identified by its cookie and of our own page
 * before the upgrade; others come by the address of a live token, and say who they are by their first frame. The room, which
 * trusts what comes from here, does the rest. Throws `invalid_request` for what is no upgrade, `forbidden`, `unauthenticated`.
 */
export async function openLive(services: Services, request: Request): Promise<Response> {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new EarwitnessError("invalid_request", "This address is for WebSockets.");
  }
  const query = new URL(request.url).searchParams;
  const address = query.get("address");
  const destination =
    address === null
      ? await ofSession(services, request, query.get("call"))
      : { room: await roomOfAddress(services, address), watcher: null };
  return destination === null ? closedSocket() : handOn(services, destination, query.get("after"));
}

async function roomOfAddress({ env }: Services, address: string): Promise<string> {
  const room = await readLiveAddress(env.LIVE_SECRET, address, new Date());
  if (room !== null) return room;
  throw new EarwitnessError("unauthenticated", "This address is none of ours, or too old. Ask for another live token.");
}

/** null for a call that is not to be found. */
async function ofSession(services: Services, request: Request, callId: string | null): Promise<Destination | null> {
  requireSameOrigin(request, services.env.APP_ORIGIN);
  const asOf = new Date();
  const session = await sessionOf(services, request);
  authorize(session.actor, "calls:read");
  const watcher = watcherOf(session.actor, session, asOf);
  if (callId === null) return { room: watcher.workspaceId, watcher };
  const wanted = CallIdSchema.safeParse(callId);
  if (!wanted.success) {
    const fields = [{ pointer: "query/call", detail: "must be the id of a call" }];
    throw new EarwitnessError("invalid_request", "A part of the request is not valid: see errors.", { fields });
  }
  const room = await roomOfCall(services, session.actor, wanted.data);
  return room === null ? null : { room, watcher };
}

async function roomOfCall(services: Services, actor: Parameters<typeof authorize>[0], callId: CallId) {
  try {
    const call = await services.contextOf(actor).unitOfWork((tx) => tx.calls.find(callId));
    return call.room;
  } catch (error) {
    if (hasCode(error, "not_found")) return null;
    throw error;
  }
}

/** A browser cannot read why an upgrade was refused, so it is told by the documented code. */
function closedSocket(): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(LIVE_CLOSE.notFound, "There is no such call.");
  return new Response(null, { status: 101, webSocket: client });
}

async function handOn({ env }: Services, { room, watcher }: Destination, after: string | null): Promise<Response> {
  const isWorkspace = isId("workspace", room);
  // The room gets nothing of the client's request but the wish: no cookie, no header that it might believe.
  const url = new URL(isWorkspace ? "https://workspace-room/live" : "https://call-room/watch");
  if (after !== null) url.searchParams.set("after", after);
  const headers = { upgrade: "websocket", ...(watcher === null ? {} : { [WATCHER_HEADER]: JSON.stringify(watcher) }) };
  const stub = isWorkspace ? env.WORKSPACE_ROOM.getByName(room) : env.CALL_ROOM.getByName(room);
  const response = await stub.fetch(new Request(url, { headers }));
  if (response.status === 101) return response;
  throw new EarwitnessError("unavailable", "No live connection can be opened now. Come back in half a minute.", {
    retryAfterMs: 30_000,
  });
}
