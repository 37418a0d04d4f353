import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "../faults/faults.ts";
import type { Transcript } from "./transcript.ts";

const ANSWER_TIMEOUT_MS = 10_000;
const ATTEMPTS = 10;

/** A try to tell a client that its transcript is ready. */
export interface NotifyAttempt {
  readonly at: string;
  readonly transcriptId: string;
  readonly url: string;
  readonly status: number | null;
}

export interface NotifyContext {
  readonly faults: Faults;
  /** Between two tries; the vendor's is ten seconds. */
  readonly retryMs: number;
  readonly closing: AbortSignal;
  readonly attempts: NotifyAttempt[];
}

/** Posts the transcript's status to its webhook: up to ten times, and never again after a 4xx. */
export async function notify(transcript: Transcript, context: NotifyContext): Promise<void> {
  const url = transcript.params.webhook_url;
  if (url === undefined || url === null) return;
  const fault = context.faults.take({
    target: "webhook",
    vendor: "assemblyai",
    event: transcript.status,
    effects: ["drop", "delay", "duplicate"],
  });
  if (fault?.effect === "drop") return;
  if (fault?.effect === "delay") await sleep(fault.delayMs, undefined, { signal: context.closing });
  const copies = fault?.effect === "duplicate" ? 2 : 1;
  await Promise.all(Array.from({ length: copies }, () => tryAll(transcript, url, context)));
}

async function tryAll(transcript: Transcript, url: string, context: NotifyContext): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (attempt > 1) await sleep(context.retryMs, undefined, { signal: context.closing });
    const at = new Date().toISOString();
    const status = await post(transcript, url, context.closing);
    transcript.webhookStatus = status ?? transcript.webhookStatus;
    context.attempts.push({ at, transcriptId: transcript.id, url, status });
    if (status !== null && ((status >= 200 && status < 300) || (status >= 400 && status < 500))) return;
  }
}

async function post(transcript: Transcript, url: string, closing: AbortSignal): Promise<number | null> {
  const { webhook_auth_header_name: name, webhook_auth_header_value: value } = transcript.params;
  const auth: Record<string, string> = name && value ? { [name]: value } : {};
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...auth },
      body: JSON.stringify({ transcript_id: transcript.id, status: transcript.status }),
      redirect: "manual",
      signal: AbortSignal.any([closing, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    if (closing.aborted) throw closing.reason;
    return null;
  }
}
