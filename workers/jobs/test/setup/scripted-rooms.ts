/**
 * A worker of rooms: a call's room tells the facts that a test has put there and keeps what it hears; the room `…refuses…`
 * throws. A workspace's room keeps its news, and which sessions were closed.
 */
export const SCRIPTED_ROOMS = `
import { DurableObject } from "cloudflare:workers";

class Keeper extends DurableObject {
  async keep(name, item) {
    if (this.ctx.id.name.includes("refuses")) throw new Error("This room refuses.");
    const kept = (await this.ctx.storage.get(name)) ?? [];
    await this.ctx.storage.put(name, [...kept, item]);
  }
  async kept(name) {
    return (await this.ctx.storage.get(name)) ?? [];
  }
}

export class CallRoom extends Keeper {
  async tell(callId, facts) {
    await this.ctx.storage.put("callId", callId);
    await this.ctx.storage.put("facts", facts);
  }
  async factsAfter(after) {
    if (this.ctx.id.name.includes("refuses")) throw new Error("This room refuses.");
    const facts = await this.kept("facts");
    return { callId: await this.ctx.storage.get("callId") ?? null, facts: facts.filter(({ n }) => n > after), more: false };
  }
  async confirm(n) { await this.keep("confirmed", n); }
  async deliver(notice) { await this.keep("delivered", notice); return { kept: true }; }
  async observe(observation) { await this.keep("observed", observation); }
}

export class WorkspaceRoom extends Keeper {
  async publish(news) { for (const item of news) await this.keep("news", item); }
  async closeSession(sessionId) { await this.keep("closed", sessionId); }
  async renewSession(sessionId) { await this.keep("renewed", sessionId); }
}

export default { fetch: () => new Response(null, { status: 404 }) };
`;
