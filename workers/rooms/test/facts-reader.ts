/** A worker at the other end of the facts' queue: it notes what is announced for each room. */
export const FACTS_READER = `
import { DurableObject } from "cloudflare:workers";

export class FactsReader extends DurableObject {
  async note(message) {
    const noted = (await this.ctx.storage.get("noted")) ?? [];
    await this.ctx.storage.put("noted", [...noted, message]);
  }
  async list() {
    return (await this.ctx.storage.get("noted")) ?? [];
  }
}

export default {
  async queue(batch, env) {
    for (const message of batch.messages) {
      await env.READER.getByName(message.body.room).note(message.body);
      message.ack();
    }
  },
  fetch: () => new Response(null, { status: 404 }),
};
`;
