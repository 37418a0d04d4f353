import { FactsMessage } from "@earwitness/shared";

interface Env {
  CALL_ROOM: { getByName(name: string): { confirm(upTo: number): Promise<void> } };
}

/**
 * Stands where jobs would be: says of all facts that they are in the record, without reading them. The door is measured, not
 * what comes after it; but a room whose facts nobody confirmed would announce them again and again.
 */
export default {
  fetch: () => new Response("ok"),
  async queue(batch: { queue: string; messages: readonly { body: unknown }[] }, env: Env): Promise<void> {
    if (batch.queue !== "earwitness-facts") return;
    for (const { body } of batch.messages) {
      const { room, upTo } = FactsMessage.parse(body);
      await env.CALL_ROOM.getByName(room).confirm(upTo);
    }
  },
};
