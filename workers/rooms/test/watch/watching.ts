import { WATCHER_HEADER, type Watcher } from "@earwitness/core";
import { newId } from "@earwitness/shared";

/** A person of a workspace, signed in for a day; they may listen unless told otherwise. */
export function aWatcher(changes: Partial<Watcher> = {}): Watcher {
  return {
    workspaceId: newId("workspace"),
    sessionId: newId("session"),
    actorId: newId("user"),
    expiresAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    mayListen: true,
    asOf: new Date().toISOString(),
    ...changes,
  };
}

/** The headers of an upgrade as the API hands it on; without a watcher, of one who has still to say who they are. */
export function upgradeOf(watcher: Watcher | null): Record<string, string> {
  return { upgrade: "websocket", ...(watcher === null ? {} : { [WATCHER_HEADER]: JSON.stringify(watcher) }) };
}

/** What a socket's other end hears. */
export interface Heard<Frame> {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  readonly texts: string[];
  readonly sounds: ArrayBuffer[];
  /** The code that it was closed with. */
  readonly closed: Promise<number>;
  say(action: object): void;
}

/** Takes the socket of an answer, and keeps what comes over it; `read` reads a text frame. */
export function hear<Frame>(response: Response, read: (frame: unknown) => Frame): Heard<Frame> {
  const socket = response.webSocket;
  if (socket === null) throw new Error(`no socket: ${response.status}`);
  const heard = { frames: [] as Frame[], texts: [] as string[], sounds: [] as ArrayBuffer[] };
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  socket.addEventListener("message", ({ data }) => {
    if (data instanceof ArrayBuffer) heard.sounds.push(data);
    else if (typeof data === "string") {
      heard.texts.push(data);
      if (data.startsWith("{")) heard.frames.push(read(JSON.parse(data)));
    }
  });
  socket.binaryType = "arraybuffer";
  socket.accept();
  return { ...heard, socket, closed, say: (action) => socket.send(JSON.stringify(action)) };
}

/** Waits until `check` holds. */
export async function untilTrue(check: () => boolean, limitMs = 5_000): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!check()) {
    if (Date.now() > endMs) throw new Error("Not in time.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
