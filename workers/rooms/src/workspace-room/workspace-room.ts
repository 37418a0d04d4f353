import { DurableObject } from "cloudflare:workers";
import type { Admission, Watcher, WorkspaceRoomDoor } from "@earwitness/core";
import { isId, LIVE_CLOSE, LIVE_MOST_UNACKED, type LiveAction, LiveFrame, type LiveNews } from "@earwitness/shared";
import { errorFields, workerLogger } from "@earwitness/shared/log";
import { type RoomServices, roomServices } from "../services.ts";
import { LiveSockets } from "../watch/live-sockets.ts";
import { RecentFrames } from "./recent-frames.ts";
import { SessionWatch } from "./session-watch.ts";

const log = workerLogger("rooms");

/** Every browser tab of everybody in a workspace. Past it a further one is told to come back. */
const MOST_SOCKETS = 1000;

/**
 * A workspace's live room: it tells browsers what changed, and they refetch it; and it knows which calls' rooms are watched,
 * so that a session that ends is closed everywhere. Sockets hibernate. Only the API worker opens them.
 */
export class WorkspaceRoom extends DurableObject<object> implements WorkspaceRoomDoor {
  readonly #services: RoomServices;
  readonly #frames: RecentFrames;
  readonly #sessions: SessionWatch;
  readonly #sockets: LiveSockets;
  /** Up to which number each client has dealt with what it was sent. */
  readonly #acked = new Map<WebSocket, number>();

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    this.#services = roomServices(env);
    this.#frames = new RecentFrames(ctx.storage.sql);
    this.#sessions = new SessionWatch(ctx.storage.sql);
    this.#sockets = new LiveSockets({
      ctx,
      log,
      secret: this.#services.liveSecret,
      most: MOST_SOCKETS,
      admit: async ({ sessionId, asOf }) => this.#sessions.admissionOf(sessionId, Date.parse(asOf)),
      onOpen: (socket, watcher, after) => this.#welcome(socket, watcher, after),
      onAction: (socket, _watcher, action) => this.#hear(socket, action),
      onGone: (socket) => this.#acked.delete(socket),
    });
    for (const [socket] of this.#sockets) this.#acked.set(socket, this.#frames.lastSeq);
  }

  /** Tells all browsers of the workspace. What they miss they get when they come back. */
  async publish(news: LiveNews[]): Promise<void> {
    const frames = this.#frames.add(news);
    for (const [socket] of this.#sockets) {
      const unacked = this.#frames.lastSeq - (this.#acked.get(socket) ?? 0);
      if (unacked > LIVE_MOST_UNACKED) {
        this.#sockets.close(socket, LIVE_CLOSE.tooSlow, "Too much was sent that was not acknowledged.");
      } else for (const frame of frames) this.#sockets.send(socket, frame);
    }
  }

  async closeSession(sessionId: string): Promise<void> {
    const rooms = this.#sessions.close(sessionId, Date.now());
    this.#sockets.closeSession(sessionId);
    await inAll(rooms, async (room) => {
      await this.#services.closeSessionIn(room, sessionId);
      this.#sessions.forget(sessionId, room);
    });
  }

  async renewSession(sessionId: string): Promise<void> {
    const nowMs = Date.now();
    const rooms = this.#sessions.renew(sessionId, nowMs);
    this.#sockets.renewSession(sessionId, nowMs);
    // None is forgotten: the session may be back in it by now.
    await inAll(rooms, (room) => this.#services.renewSessionIn(room, sessionId));
  }

  async watched(room: string, sessionId: string, asOf: string): Promise<Admission> {
    return this.#sessions.note(sessionId, room, Date.parse(asOf), Date.now());
  }

  /**
   * Opens a socket. Its first frame is `hello`; with `?after=<seq>` what was missed since follows, or `reset` when that
   * is no longer kept. Sequence numbers never fall within a socket.
   */
  override async fetch(request: Request): Promise<Response> {
    if (!isId("workspace", this.ctx.id.name ?? ""))
      return new Response("This room is of no workspace.", { status: 404 });
    return this.#sockets.accept(request);
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    await this.#sockets.hear(socket, message);
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    this.#sockets.forget(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    this.#sockets.forget(socket);
  }

  #welcome(socket: WebSocket, { workspaceId }: Watcher, text: string | null): void {
    if (workspaceId !== this.ctx.id.name) {
      this.#sockets.close(socket, LIVE_CLOSE.notFound, "There is no such workspace.");
      return;
    }
    const { lastSeq } = this.#frames;
    const after = afterOf(text);
    const missed = after === null ? [] : this.#frames.after(after);
    const seq = missed === null || after === null ? lastSeq : after;
    const hello = JSON.stringify(LiveFrame.parse({ v: 1, seq, type: "hello", workspaceId }));
    const reset = JSON.stringify(LiveFrame.parse({ v: 1, seq: lastSeq, type: "reset" }));
    this.#acked.set(socket, lastSeq);
    for (const frame of [hello, ...(missed ?? [reset])]) this.#sockets.send(socket, frame);
  }

  #hear(socket: WebSocket, action: LiveAction): void {
    if (action.action !== "ack") {
      this.#sockets.close(socket, LIVE_CLOSE.badMessage, "Only a call's socket takes this action.");
      return;
    }
    const seq = Math.min(action.seq, this.#frames.lastSeq);
    this.#acked.set(socket, Math.max(this.#acked.get(socket) ?? 0, seq));
  }
}

/** Does it in every room; what fails in one holds up no other. Throws where one did not answer. */
async function inAll(rooms: readonly string[], close: (room: string) => Promise<void>): Promise<void> {
  const closed = await Promise.allSettled(rooms.map(close));
  const failed = closed.find((each) => each.status === "rejected");
  if (failed === undefined) return;
  log.warn("A session could not be closed in a call's room.", errorFields(failed.reason));
  throw new Error("A call's room did not close the session.", { cause: failed.reason });
}

/** The sequence number that the browser has; null where it has none, -1 (never kept) where it makes no sense. */
function afterOf(text: string | null): number | null {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
