import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "../../faults/faults.ts";
import type { Attempt, Delivery, Route } from "./delivery.ts";
import type { WebhookSigner } from "./sign.ts";

/** Telnyx starts over when no answer came within two seconds. */
const ANSWER_TIMEOUT_MS = 2000;
/** The vendor publishes no default for voice; this one is within its "exponential backoff" and far under a minute. */
export const DEFAULT_RETRIES_MS: readonly number[] = [1000, 5000];
/** A 2xx that is not 200 is taken, and noted with this code. */
const NOT_200 = 75_299;

type Verdict = "delivered" | "retry" | "refused";

/** Delivers webhooks: signed, concurrently, tried again, then to the failover URL. */
export class WebhookSender {
  readonly #signer: WebhookSigner;
  readonly #faults: Faults;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** Deliveries that a reorder fault holds back until another one has gone out. */
  #held: (() => void)[] = [];

  constructor(signer: WebhookSigner, faults: Faults) {
    this.#signer = signer;
    this.#faults = faults;
  }

  /** Starts a delivery; what becomes of it is written into it. Never throws. */
  send(delivery: Delivery, route: Route): void {
    const run = this.#deliver(delivery, route)
      .catch(() => {
        // Only the emulator's own close breaks a delivery off.
        delivery.state = "failed";
      })
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  async #deliver(delivery: Delivery, route: Route): Promise<void> {
    const fault = this.#faults.take({
      target: "webhook",
      vendor: "telnyx",
      event: delivery.event.event_type,
      call: delivery.call,
      effects: ["drop", "delay", "duplicate", "reorder"],
    });
    if (fault?.effect === "drop") {
      delivery.state = "dropped";
      return;
    }
    if (fault?.effect === "delay") await this.#wait(fault.delayMs);
    if (fault?.effect === "reorder") await this.#behindAnother(fault.delayMs);
    const copies = fault?.effect === "duplicate" ? 2 : 1;
    await Promise.all(Array.from({ length: copies }, () => this.#tryAll(delivery, route)));
  }

  async #tryAll(delivery: Delivery, route: Route): Promise<void> {
    let attempt = 0;
    for (const url of route.urls) {
      for (const waitMs of [0, ...route.retriesMs]) {
        if (waitMs > 0) await this.#wait(waitMs);
        attempt += 1;
        const verdict = await this.#try(delivery, url, attempt);
        if (attempt === 1) this.#releaseHeld();
        if (verdict === "delivered") delivery.state = "delivered";
        if (verdict === "refused" && delivery.state === "pending") delivery.state = "failed";
        if (verdict !== "retry") return;
      }
    }
    if (delivery.state === "pending") delivery.state = "failed";
  }

  async #try(delivery: Delivery, url: string, attempt: number): Promise<Verdict> {
    const body = JSON.stringify({ data: delivery.event, meta: { attempt, delivered_to: url } });
    const started = Date.now();
    const note = (status: number | null, error: string | null, errors: number[] = []): void => {
      const entry: Attempt = {
        at: new Date(started).toISOString(),
        url,
        status,
        tookMs: Date.now() - started,
        errors,
        error,
      };
      delivery.attempts.push(entry);
    };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "telnyx-webhooks",
          ...this.#signer.headers(body, Math.floor((started + delivery.clockAheadMs) / 1000)),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      note(response.status, null, response.ok && response.status !== 200 ? [NOT_200] : []);
      return judge(response.status);
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      note(null, error instanceof Error ? error.message : String(error));
      return "retry";
    }
  }

  #wait(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#closing.signal });
  }

  async #behindAnother(atMostMs: number): Promise<void> {
    const released = new Promise<void>((resolve) => this.#held.push(resolve));
    await Promise.race([released, this.#wait(atMostMs)]);
  }

  #releaseHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const release of held) release();
  }
}

/** 2xx is taken; 408, 429, 5xx and redirects are tried again; any other 4xx ends it. */
function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return "delivered";
  return status < 400 || status >= 500 || status === 408 || status === 429 ? "retry" : "refused";
}
