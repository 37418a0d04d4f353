import { MAX_MESSAGES_AT_ONCE } from "../../api/contract.ts";

/** What the button does that sends a group of `count` messages again: of very many, as many as one request takes. */
export function sendAgainWords(count: number): string {
  if (count > MAX_MESSAGES_AT_ONCE) return `Send ${MAX_MESSAGES_AT_ONCE} again`;
  return count > 1 ? `Send all ${count} again` : "Send again";
}
