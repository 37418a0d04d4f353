import { openSocket, socketPair } from "./open-socket.ts";

/** The least that can stand between two sockets: what comes goes on to `url` as it is. */
export async function pipe(url: string): Promise<Response> {
  const out = await openSocket(url);
  const [theirs, ours] = socketPair();
  ours.accept();
  ours.addEventListener("message", ({ data }) => out.send(data));
  ours.addEventListener("close", () => {
    ours.close(1000);
    out.close(1000);
  });
  return new Response(null, { status: 101, webSocket: theirs });
}
