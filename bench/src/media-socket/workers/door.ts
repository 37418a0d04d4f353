import { endLines } from "./end-lines.ts";
import type { DoorEnv } from "./env.ts";
import { HandOver } from "./hand-over.ts";
import { openSocket, socketPair } from "./open-socket.ts";
import { Packer } from "./packer.ts";
import { pipe } from "./pipe.ts";

/**
 * The carrier's door, once for each way that is compared: `/accepting/1`, `/hibernating/1` end in a room, `/handed/1` ends here
 * and hands over to a room, `/pipe/1` ends here and passes each frame on as it is. `/count/…` and `/reset/…` ask the room.
 */
export default {
  async fetch(request: Request, env: DoorEnv): Promise<Response> {
    const [, way, name = "", asked] = new URL(request.url).pathname.split("/");
    if (way === "health") return new Response("ok");
    if (way === "pipe") return pipe(env.TRANSCRIBER_URL);
    const rooms = { accepting: env.ACCEPTING, hibernating: env.HIBERNATING, handed: env.HANDED };
    const namespace = Object.entries(rooms).find(([key]) => key === way)?.[1];
    if (namespace === undefined) return new Response("There is no such way", { status: 404 });
    const room = namespace.getByName(name);
    if (asked === "count") return Response.json(await room.count());
    if (asked === "reset")
      return Response.json({
        wasReset: await room
          .reset()
          .then(() => false)
          .catch(() => true),
      });
    return way === "handed" ? endHere(env, () => namespace.getByName(name)) : room.fetch(request);
  },
} satisfies ExportedHandler<DoorEnv>;

async function endHere(env: DoorEnv, room: () => { fetch: typeof fetch }): Promise<Response> {
  // A stub that threw is dead: each attempt has its own.
  const handOver = new HandOver({ fetch: (input, init) => room().fetch(input, init) });
  await handOver.begin();
  const out = {
    inbound: await openSocket(env.TRANSCRIBER_URL),
    outbound: await openSocket(env.TRANSCRIBER_URL),
  };
  const packer = new Packer();
  const [theirs, ours] = socketPair();
  ours.accept();
  ours.addEventListener("message", ({ data }) => {
    const taken = packer.take(String(data));
    if (taken === null) return;
    handOver.add(taken.audio);
    if (taken.pack !== null) out[taken.track].send(taken.pack);
  });
  ours.addEventListener("close", () => {
    ours.close(1000);
    handOver.end();
    endLines(out, packer);
  });
  return new Response(null, { status: 101, webSocket: theirs });
}
