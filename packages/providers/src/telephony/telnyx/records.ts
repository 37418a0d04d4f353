import type { CarrierRecording, CarrierRecords, ListedNotice } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import type { z } from "zod";
import { vendorAnswerOf, vendorError } from "../../http/index.ts";
import { requestTelnyx, type TelnyxAccess, telnyxErrorOf, telnyxRetryAfterMs } from "./api.ts";
import { readTelnyxNoticeHead, roomOfTelnyxNotice } from "./notice.ts";
import { WireBalance, WireDeliveries, WireLeg, WireNumbers, WireRecording, WireRecordings } from "./records-wire.ts";

export interface TelnyxRecordsSettings extends TelnyxAccess {
  /** The Call Control application whose numbers are ours. */
  readonly connectionId: string;
}

const TIME_LIMIT_MS = 15_000;
const PAGE_SIZE = 250;
/** 25,000 numbers: past that something is wrong with the paging. */
const MAX_PAGES = 100;
/** What Telnyx says of an id that it does not know, or no longer: 404, and for call control ids 422 with this code. */
const INVALID_CONTROL_ID = "90015";

/**
 * What Telnyx keeps of calls: recordings, numbers, legs, notices. Source: API v2, `recordings`, `phone_numbers`, `calls`,
 * `webhook_deliveries`.
 */
export function createTelnyxRecords(settings: TelnyxRecordsSettings): CarrierRecords {
  /** null for what Telnyx does not know. */
  async function ask<S extends z.ZodType>(
    method: "GET" | "DELETE",
    path: string,
    answer: S,
  ): Promise<z.infer<S> | null> {
    const outcome = await requestTelnyx(settings, { method, path, timeLimitMs: TIME_LIMIT_MS });
    if (outcome.kind === "ok") {
      const parsed = answer.safeParse(outcome.body);
      if (parsed.success) return parsed.data;
      throw new EarwitnessError(
        "vendor_failed",
        `Telnyx answered ${path.split("?")[0]} in a form that we do not know.`,
        { vendorAnswer: vendorAnswerOf("Telnyx", outcome), cause: parsed.error },
      );
    }
    const said = telnyxErrorOf(outcome.body);
    if (outcome.kind === "refused" && (outcome.status === 404 || said?.code === INVALID_CONTROL_ID)) return null;
    const retryAfterMs = outcome.kind === "failed" ? telnyxRetryAfterMs(outcome) : null;
    const told = outcome.kind === "failed" ? { ...outcome, retryAfterMs } : outcome;
    throw vendorError("Telnyx", told, said?.message ?? null);
  }

  return {
    async recording(id) {
      const found = await ask("GET", `/recordings/${encodeURIComponent(id)}`, WireRecording);
      return found === null ? null : recordingOf(found.data);
    },

    async recordingsOfLeg(legId) {
      const query = new URLSearchParams({ "filter[call_leg_id]": legId, "page[size]": String(PAGE_SIZE) });
      const found = await ask("GET", `/recordings?${query}`, WireRecordings);
      return (found?.data ?? []).map(recordingOf);
    },

    async deleteRecording(id) {
      // One that is gone is what was wanted.
      await ask("DELETE", `/recordings/${encodeURIComponent(id)}`, WireRecording);
    },

    async numbers() {
      const numbers: { e164: string; carrierNumberId: string }[] = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const query = new URLSearchParams({
          "filter[connection_id]": settings.connectionId,
          "page[number]": String(page),
          "page[size]": String(PAGE_SIZE),
        });
        const found = await ask("GET", `/phone_numbers?${query}`, WireNumbers);
        if (found === null) break;
        for (const { id, phone_number, status } of found.data) {
          if (status === "active") numbers.push({ e164: phone_number, carrierNumberId: id });
        }
        if (page >= (found.meta?.total_pages ?? 1)) break;
      }
      return numbers;
    },

    async leg(controlId) {
      const found = await ask("GET", `/calls/${encodeURIComponent(controlId)}`, WireLeg);
      if (found === null) return null;
      const { is_alive: isAlive, end_time: endedAt } = found.data;
      return { isAlive, endedAt: isAlive ? null : (instantOf(endedAt) ?? null) };
    },

    async notices({ from, until }, page) {
      const query = new URLSearchParams({
        "filter[started_at][gte]": from.toISOString(),
        "filter[started_at][lte]": until.toISOString(),
        "page[number]": String(page),
        "page[size]": String(PAGE_SIZE),
      });
      const found = await ask("GET", `/webhook_deliveries?${query}`, WireDeliveries);
      return {
        notices: (found?.data ?? []).flatMap(({ webhook }) => listedNoticeOf(webhook) ?? []),
        pageCount: found?.meta?.total_pages ?? 1,
      };
    },

    async check() {
      await ask("GET", "/balance", WireBalance);
      return { message: "Read the account's balance. The key is accepted." };
    },
  };
}

function recordingOf(wire: z.infer<typeof WireRecording>["data"]): CarrierRecording {
  const { wav, mp3 } = wire.download_urls ?? {};
  return {
    carrierRecordingId: wire.id,
    carrierLegId: wire.call_leg_id,
    channels: wire.channels === "single" ? 1 : 2,
    durationMs: wire.duration_millis ?? null,
    startedAt: instantOf(wire.recording_started_at),
    endedAt: instantOf(wire.recording_ended_at),
    urls: { ...(wav ? { wav } : {}), ...(mp3 ? { mp3 } : {}) },
  };
}

/** null for what is not about a call: the account's other products are listed as well. */
function listedNoticeOf(webhook: z.infer<typeof WireDeliveries>["data"][number]["webhook"]): ListedNotice | null {
  const body = JSON.stringify({ data: webhook });
  const head = readTelnyxNoticeHead(body);
  if (head === null) return null;
  const { eventId, eventType } = head;
  return {
    eventId,
    eventType,
    room: roomOfTelnyxNotice(head),
    occurredAt: instantOf(webhook.occurred_at) ?? new Date(0).toISOString(),
    body,
  };
}

/** Our form of an instant, milliseconds and Z; null for none, one that cannot be read, or some clock's zero. */
function instantOf(text: string | null | undefined): string | null {
  const ms = Date.parse(text ?? "");
  return ms > FIRST_MS && ms < LAST_MS ? new Date(ms).toISOString() : null;
}

/** Telnyx began in 2009; after the year 9999 ISO 8601 is written otherwise. */
const FIRST_MS = Date.UTC(2009);
const LAST_MS = Date.UTC(10_000);
