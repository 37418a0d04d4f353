import { DurableObject } from "cloudflare:workers";
import { isId, LIVE_CLOSE, LIVE_PING, LIVE_PONG, LiveFrame, type LiveNews } from "@earwitness/shared";
import { workerLogger } from "@earwitness/shared/log";
import { RecentFrames } from "./recent-frames.ts";

const log = workerLogger("rooms");

/** Every browser tab of everybody in a workspace. Past it a further one is told to come back. */
const MAX_SOCKETS = 1000;
/** A frame has some 120 bytes: a client with this much unsent has been away for thousands of changes. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/**
 * A workspace's live room: it tells browsers what changed, and they refetch it. Sockets hibernate. Only the API worker
 * opens them, after it has found out who is asking.
 */
export class WorkspaceRoom extends DurableObject<object> {
  readonly #frames: RecentFrames;

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    this.#frames = new RecentFrames(ctx.storage.sql);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(LIVE_PING, LIVE_PONG));
  }

  /** Tells all browsers of the workspace. What they miss they get when they come back. */
  async publish(news: LiveNews[]): Promise<void> {
    const frames = this.#frames.add(news);
    for (const socket of this.ctx.getWebSockets()) send(socket, frames);
  }

  /**
   * Opens a socket. Its first frame is `hello`; with `?after=<seq>` what was missed since follows, or `reset` when that
   * is no longer kept. Sequence numbers never fall within a socket.
   */
  override async fetch(request: Request): Promise<Response> {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response("This address takes WebSockets.", { status: 426, headers: { upgrade: "websocket" } });
    }
    const workspaceId = this.ctx.id.name ?? "";
    if (!isId("workspace", workspaceId)) return new Response("This room is of no workspace.", { status: 404 });
    if (this.ctx.getWebSockets().length >= MAX_SOCKETS) {
      log.warn("A workspace has more live sockets than are taken.", { workspaceId });
      return new Response("Too many live connections.", { status: 503, headers: { "retry-after": "30" } });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    send(server, this.#welcome(workspaceId, afterOf(request)));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Browsers say nothing but the ping, which is answered without waking the room. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    socket.close(1008, "Only pings are expected.");
  }

  #welcome(workspaceId: `ws_${string}`, after: number | null): string[] {
    const { lastSeq } = this.#frames;
    const missed = after === null ? [] : this.#frames.after(after);
    const seq = missed === null || after === null ? lastSeq : after;
    const hello = JSON.stringify(LiveFrame.parse({ v: 1, seq, type: "hello", workspaceId }));
    const reset = JSON.stringify(LiveFrame.parse({ v: 1, seq: lastSeq, type: "reset" }));
    return [hello, ...(missed ?? [reset])];
  }
}

function send(socket: WebSocket, frames: readonly string[]): void {
  try {
    for (const frame of frames) socket.send(frame);
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.close(LIVE_CLOSE.tooSlow, "Too slow.");
  } catch {
    // It is closing: its browser comes back and asks for what it missed.
  }
}

/** The sequence number that the browser has; null where it has none, -1 (never kept) where it makes no sense. */
function afterOf(request: Request): number | null {
  const after = new URL(request.url).searchParams.get("after");
  if (after === null) return null;
  return /^\d{1,15}$/.test(after) ? Number(after) : -1;
}
