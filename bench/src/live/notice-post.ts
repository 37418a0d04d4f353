import { generateKeyPairSync, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { signatureHeaders } from "../door/sign-notices.ts";

/** Notices on their way at a time. */
const CONNECTIONS = 16;
/** A carrier that is not answered with 200 tries again, a few times. */
const ATTEMPTS = 5;
const AGAIN_AFTER_MS = 1000;

/** Posts signed notices to the product's door, as a carrier does. What the door does not take is counted, not thrown. */
export class NoticePost {
  readonly #keys = generateKeyPairSync("ed25519");
  #door: { readonly url: URL; readonly pool: Pool } | null = null;
  /** Times that the door did not take a notice. */
  timesRefused = 0;

  /** In base64, as the carrier's portal shows it. */
  get publicKey(): string {
    return this.#keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  }

  useDoor(noticesUrl: string): void {
    const url = new URL(noticesUrl);
    this.#door = { url, pool: new Pool(url.origin, { connections: CONNECTIONS }) };
  }

  /** Resolves when the notice is taken, or was refused too often. */
  async send(type: string, payload: object): Promise<void> {
    if (this.#door === null) throw new Error("The carrier was not told where notices go");
    const { url } = this.#door;
    const occurredAt = new Date().toISOString();
    const body = JSON.stringify({
      data: { record_type: "event", event_type: type, id: randomUUID(), occurred_at: occurredAt, payload },
      meta: { attempt: 1, delivered_to: url.href },
    });
    for (let attempt = 1; !(await this.#post(body)); attempt++) {
      this.timesRefused += 1;
      if (attempt === ATTEMPTS) return;
      await sleep(AGAIN_AFTER_MS);
    }
  }

  async #post(body: string): Promise<boolean> {
    if (this.#door === null) return false;
    const { url, pool } = this.#door;
    const headers = { "content-type": "application/json", ...signatureHeaders(this.#keys.privateKey, body) };
    try {
      const answer = await pool.request({ path: url.pathname, method: "POST", headers, body });
      await answer.body.dump();
      return answer.statusCode === 200;
    } catch {
      return false; // No answer is none that takes it.
    }
  }
}
