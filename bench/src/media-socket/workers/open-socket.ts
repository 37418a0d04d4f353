const UPGRADE = { headers: { upgrade: "websocket" } };

/** Opens an outgoing WebSocket; both sides may then send. Throws when the other side does not agree. */
export async function openSocket(url: string): Promise<WebSocket> {
  return accept(await fetch(url, UPGRADE));
}

/** The same to an object. */
export async function openSocketTo(room: { fetch: typeof fetch }): Promise<WebSocket> {
  return accept(await room.fetch("http://room/", UPGRADE));
}

function accept({ webSocket, status }: Response): WebSocket {
  if (webSocket === null) throw new Error(`The other side answered ${status} and no socket`);
  webSocket.accept();
  return webSocket;
}

/** A pair of which the first is for the caller. */
export function socketPair(): [WebSocket, WebSocket] {
  const { 0: theirs, 1: ours } = new WebSocketPair();
  return [theirs, ours];
}
