import { type Admission, type LiveToken, readLiveToken, WATCHER_HEADER, Watcher } from "@earwitness/core";
import { LIVE_AUTHENTICATE_WITHIN_MS, LIVE_CLOSE, LIVE_PING, LIVE_PONG, LiveAction } from "@earwitness/shared";
import { errorFields, type Logger } from "@earwitness/shared/log";
import { z } from "zod";
import { SpentTokens } from "./spent-tokens.ts";
import { unsentBytesOf } from "./unsent-bytes.ts";

/** By this they are told from other sockets of the room. */
const TAG = "watcher";
/** A socket that takes so little that this much waits for it is of no use to anybody. */
const MAX_UNSENT_BYTES = 512 * 1024;
/** An action is a token at most. */
const MAX_MESSAGE_CHARACTERS = 4_000;

/** What a socket's object is remembered by when the room sleeps. */
const Attachment = z.discriminatedUnion("is", [
  z.object({ is: z.literal("awaited"), untilMs: z.number(), after: z.string().nullable() }),
  z.object({ is: z.literal("admitted"), watcher: Watcher, place: z.string().nullable() }),
]);
type Attachment = z.infer<typeof Attachment>;

interface LiveSocketsOptions {
  readonly ctx: DurableObjectState;
  readonly secret: string;
  readonly log: Logger;
  readonly most: number;
  /** The last word on a watcher whose session was good a moment ago. */
  readonly admit: (watcher: Watcher) => Promise<Admission>;
  /** A watcher has come; `after` is from where they wish to go on. */
  readonly onOpen: (socket: WebSocket, watcher: Watcher, after: string | null) => void;
  readonly onAction: (
    socket: WebSocket,
    watcher: Watcher,
    action: Exclude<LiveAction, { action: "authenticate" }>,
  ) => void;
  readonly onGone: (socket: WebSocket) => void;
}

/**
 * The sockets of those who watch a room. One is opened for whom the API names, or stays deaf until its first frame brings a
 * token; nothing is sent before. They hibernate, and are found again with who is behind them.
 */
export class LiveSockets {
  readonly #options: LiveSocketsOptions;
  readonly #spent: SpentTokens;
  readonly #watchers = new Map<WebSocket, Watcher>();
  /** Sessions that were closed here: one may be on its way in while it is. */
  readonly #closedSessions = new Set<string>();
  /** When what the owner of a session may has changed, in ms of the epoch, for the same reason. */
  readonly #renewedSessions = new Map<string, number>();

  constructor(options: LiveSocketsOptions) {
    this.#options = options;
    const { ctx } = options;
    this.#spent = new SpentTokens(ctx.storage.kv);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(LIVE_PING, LIVE_PONG));
    for (const socket of ctx.getWebSockets(TAG)) {
      const found = Attachment.safeParse(socket.deserializeAttachment()).data;
      if (found?.is === "admitted") this.#watchers.set(socket, found.watcher);
      else if (found?.is === "awaited") this.#closeWhenLate(socket, found.untilMs);
    }
  }

  get count(): number {
    return this.#watchers.size;
  }

  /** Who watches now, in the order in which they came. */
  *[Symbol.iterator](): Generator<[WebSocket, Watcher]> {
    yield* [...this.#watchers];
  }

  /** Who is behind a socket; null for one of nobody's, or not of anybody's yet. */
  watcherOf(socket: WebSocket): Watcher | null {
    return this.#watchers.get(socket) ?? null;
  }

  /**
   * Takes an upgrade that the API hands on: of a watcher whom it names, or of somebody who has still to say who they are.
   * Answers 503 where the watcher could not be admitted now.
   */
  async accept(request: Request): Promise<Response> {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response("This address takes WebSockets.", { status: 426, headers: { upgrade: "websocket" } });
    }
    const { ctx, most } = this.#options;
    const after = new URL(request.url).searchParams.get("after")?.slice(0, 100) ?? null;
    const named = request.headers.get(WATCHER_HEADER);
    const watcher = named === null ? null : Watcher.parse(JSON.parse(named));
    const admission = watcher === null ? "admitted" : await this.#admit(watcher);
    if (admission === null) return new Response("The room is not ready.", { status: 503 });
    const { 0: client, 1: server } = new WebSocketPair();
    const isFull = ctx.getWebSockets(TAG).length >= most;
    ctx.acceptWebSocket(server, [TAG]);
    if (isFull) this.close(server, LIVE_CLOSE.tooMany, "Too many watch already.");
    else if (admission !== "admitted") this.#refuse(server, admission);
    else if (watcher !== null) this.#open(server, watcher, after);
    else {
      const untilMs = Date.now() + LIVE_AUTHENTICATE_WITHIN_MS;
      attach(server, { is: "awaited", untilMs, after });
      this.#closeWhenLate(server, untilMs);
    }
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Deals with what a client says. What is no action, or comes at a wrong time, closes its socket. */
  async hear(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const action = typeof message === "string" ? readAction(message) : null;
    const watcher = this.#watchers.get(socket);
    if (watcher === undefined) {
      if (action?.action === "authenticate") await this.#authenticate(socket, action.token);
      else this.close(socket, LIVE_CLOSE.unauthenticated, "The first frame must be a good token.");
    } else if (action === null || action.action === "authenticate") {
      this.close(socket, LIVE_CLOSE.badMessage, "This is none of the documented actions.");
    } else {
      this.#options.onAction(socket, watcher, action);
    }
  }

  /** Sends to one watcher, unless their time is over; one that does not take it is closed. */
  send(socket: WebSocket, data: string | ArrayBuffer): void {
    const watcher = this.#watchers.get(socket);
    if (watcher === undefined) return;
    if (watcher.expiresAt !== null && Date.parse(watcher.expiresAt) <= Date.now()) {
      this.close(socket, LIVE_CLOSE.unauthenticated, "The session has ended.");
      return;
    }
    // Looked at before sending: what has just been sent, a snapshot say, is no backlog yet.
    if (unsentBytesOf(socket) > MAX_UNSENT_BYTES) {
      this.close(socket, LIVE_CLOSE.tooSlow, "Too slow.");
      return;
    }
    try {
      socket.send(data);
    } catch {
      // It is closing: its client comes back and asks for what it missed.
      this.forget(socket);
    }
  }

  /** What is to be known of a watcher when the room has slept. */
  remember(socket: WebSocket, place: string | null): void {
    const watcher = this.#watchers.get(socket);
    if (watcher !== undefined) attach(socket, { is: "admitted", watcher, place });
  }

  /** What was remembered of a watcher last. */
  placeOf(socket: WebSocket): string | null {
    const found = Attachment.safeParse(socket.deserializeAttachment()).data;
    return found?.is === "admitted" ? found.place : null;
  }

  close(socket: WebSocket, code: number, reason: string): void {
    this.forget(socket);
    try {
      socket.close(code, reason);
    } catch {
      // It is closed already.
    }
  }

  /** A socket is closed, by whomever. */
  forget(socket: WebSocket): void {
    if (this.#watchers.delete(socket)) this.#options.onGone(socket);
  }

  /** Closes the sockets of a session or key that is no more. */
  closeSession(sessionId: string): void {
    this.#closedSessions.add(sessionId);
    for (const [socket, watcher] of this) if (watcher.sessionId === sessionId) this.#refuse(socket, "closed");
  }

  /** Closes the sockets of a session whose owner may something else since `atMs`. They are to come back. */
  renewSession(sessionId: string, atMs: number): void {
    this.#renewedSessions.set(sessionId, atMs);
    for (const [socket, watcher] of this) {
      if (watcher.sessionId === sessionId && Date.parse(watcher.asOf) <= atMs) this.#refuse(socket, "renewed");
    }
  }

  #refuse(socket: WebSocket, admission: Exclude<Admission, "admitted">): void {
    if (admission === "closed") this.close(socket, LIVE_CLOSE.unauthenticated, "The session has ended.");
    else this.close(socket, LIVE_CLOSE.goingAway, "What you may here has changed. Come back.");
  }

  async #authenticate(socket: WebSocket, text: string): Promise<void> {
    const found = Attachment.safeParse(socket.deserializeAttachment()).data;
    // Taken off at once: a second token on the same socket is one too many.
    socket.serializeAttachment(null);
    const token = await this.#readToken(text);
    if (token === null || found?.is !== "awaited" || found.untilMs <= Date.now()) {
      this.close(socket, LIVE_CLOSE.unauthenticated, "The token is wrong, was used before, or came too late.");
      return;
    }
    const admission = await this.#admit(token.watcher);
    if (admission === null) {
      this.close(socket, LIVE_CLOSE.goingAway, "The room is not ready. Come back with a new token.");
    } else if (admission !== "admitted") this.#refuse(socket, admission);
    else if (socket.readyState === WebSocket.OPEN) this.#open(socket, token.watcher, found.after);
  }

  /** The token where it is one for this room that has not been used. */
  async #readToken(text: string): Promise<LiveToken | null> {
    const { ctx, secret } = this.#options;
    const now = new Date();
    const token = await readLiveToken(secret, text, now);
    if (token === null || token.room !== ctx.id.name) return null;
    return this.#spent.spend(token.jti, now.getTime()) ? token : null;
  }

  /** null where nobody could say. */
  async #admit(watcher: Watcher): Promise<Admission | null> {
    try {
      const admission = await this.#options.admit(watcher);
      if (admission === "closed" || this.#closedSessions.has(watcher.sessionId)) return "closed";
      const isRenewed = Date.parse(watcher.asOf) <= (this.#renewedSessions.get(watcher.sessionId) ?? -1);
      return isRenewed ? "renewed" : admission;
    } catch (error) {
      this.#options.log.warn("A watcher could not be admitted.", errorFields(error));
      return null;
    }
  }

  #open(socket: WebSocket, watcher: Watcher, after: string | null): void {
    attach(socket, { is: "admitted", watcher, place: null });
    this.#watchers.set(socket, watcher);
    this.#options.onOpen(socket, watcher, after);
  }

  #closeWhenLate(socket: WebSocket, untilMs: number): void {
    setTimeout(
      () => {
        const found = Attachment.safeParse(socket.deserializeAttachment()).data;
        if (found?.is === "awaited") this.close(socket, LIVE_CLOSE.unauthenticated, "No token came in time.");
      },
      Math.max(0, untilMs - Date.now()),
    );
  }
}

function attach(socket: WebSocket, attachment: Attachment): void {
  socket.serializeAttachment(attachment);
}

function readAction(message: string): LiveAction | null {
  if (message.length > MAX_MESSAGE_CHARACTERS) return null;
  try {
    return LiveAction.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}
