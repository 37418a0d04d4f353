/**
 * A worker of rooms that keep what they get, and that fail as their name says: `…throws…` refuses, `…hangs…` never
 * answers. A body that begins with `!` is refused by every room. What the queue brings is kept in the room `queue`, or
 * `mail-notices`.
 * A media socket echoes what it hears, unless its stream is `unawaited` or `failing`.
 */
export const SCRIPTED_ROOMS = `
import { DurableObject } from "cloudflare:workers";

export class CallRoom extends DurableObject {
  async deliver(notice) {
    const name = this.ctx.id.name;
    if (name.includes("throws") || notice.body.startsWith("!")) throw new Error("This room refuses.");
    if (name.includes("hangs")) await new Promise((resolve) => setTimeout(resolve, 20_000));
    return this.keep(notice);
  }
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const key = searchParams.get("key");
    await this.keep({ pathname, key, upgrade: request.headers.get("upgrade") });
    if (key === "unawaited") return new Response("not awaited", { status: 409 });
    if (key === "failing") throw new Error("This room fails.");
    const { 0: theirs, 1: ours } = new WebSocketPair();
    ours.accept();
    ours.addEventListener("message", ({ data }) => ours.send("heard " + data));
    return new Response(null, { status: 101, webSocket: theirs });
  }
  async keep(item) {
    const kept = (await this.ctx.storage.get("kept")) ?? [];
    await this.ctx.storage.put("kept", [...kept, item]);
    return { kept: true };
  }
  async list() {
    return (await this.ctx.storage.get("kept")) ?? [];
  }
}

export default {
  async queue(batch, env) {
    for (const message of batch.messages) {
      const room = batch.queue === "earwitness-mail-notices" ? "mail-notices" : "queue";
      await env.CALL_ROOM.getByName(room).keep(message.body);
      message.ack();
    }
  },
  fetch: () => new Response(null, { status: 404 }),
};
`;
