import { DurableObject } from "cloudflare:workers";
import type { Watcher } from "@earwitness/core";
import { type CallId, type Caption, type LiveCallState, type LiveMark, newId } from "@earwitness/shared";
import { workerLogger } from "@earwitness/shared/log";
import { Watchers } from "../../src/call-room/watchers.ts";

export const SECRET = "live-secret-of-the-test-0123456789abcdef";

const RINGING: LiveCallState = {
  phase: "ringing",
  startedAt: "2026-11-21T09:00:00.000Z",
  answeredAt: null,
  recording: "none",
  paused: null,
  held: null,
  muted: null,
  transfer: null,
  media: "none",
  captions: "off",
};

/** A room with watchers and nothing else: a call that the test speaks. */
export class WatchedRoom extends DurableObject<object> {
  readonly callId: CallId = newId("call");
  readonly captions = new Map<string, Caption>();
  readonly marks: LiveMark[] = [];
  readonly listened: Watcher[] = [];
  readonly closedSessions = new Set<string>();
  isOthers = false;
  /** What happens while it is asked whether somebody may watch. */
  onAdmit: () => void = () => {};
  watchers: Watchers;

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env);
    this.watchers = this.#makeWatchers();
  }

  /** The room as it is made anew after it has slept, or was reset while its sockets stayed. */
  wake(): void {
    // Those before it know of nothing any more, and write nothing down.
    for (const socket of this.ctx.getWebSockets()) this.watchers.onClose(socket);
    this.watchers = this.#makeWatchers();
  }

  #makeWatchers(): Watchers {
    return new Watchers({
      ctx: this.ctx,
      log: workerLogger("rooms"),
      secret: SECRET,
      callIdFor: () => (this.isOthers ? null : this.callId),
      snapshot: () => ({ state: RINGING, captions: [...this.captions.values()], marks: this.marks }),
      admit: async ({ sessionId }) => {
        this.onAdmit();
        return this.closedSessions.has(sessionId) ? "closed" : "admitted";
      },
      onListen: (watcher) => this.listened.push(watcher),
    });
  }

  say(caption: Caption): void {
    this.captions.set(caption.id, caption);
    this.watchers.caption(caption);
  }

  override fetch(request: Request): Promise<Response> {
    return this.watchers.accept(request);
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    return this.watchers.onMessage(socket, message);
  }

  override webSocketClose(socket: WebSocket): void {
    this.watchers.onClose(socket);
  }
}
