import { z } from "zod";

/** Telnyx's answers, as far as we read them. Everything that its description leaves optional is optional here. */

const Recording = z.object({
  id: z.string(),
  call_leg_id: z.string(),
  channels: z.string().nullish(),
  duration_millis: z.number().nullish(),
  recording_started_at: z.string().nullish(),
  recording_ended_at: z.string().nullish(),
  download_urls: z.object({ wav: z.string().nullish(), mp3: z.string().nullish() }).nullish(),
});
export const WireRecording = z.object({ data: Recording });
export const WireRecordings = z.object({ data: z.array(Recording) });

export const WireNumbers = z.object({
  data: z.array(z.object({ id: z.string(), phone_number: z.string(), status: z.string() })),
  meta: z.object({ total_pages: z.number() }).nullish(),
});

/** The webhook itself is read as a notice is. Source: API v2, `GET /webhook_deliveries`. */
export const WireDeliveries = z.object({
  data: z.array(z.object({ webhook: z.looseObject({ occurred_at: z.string().nullish() }) })),
  meta: z.object({ total_pages: z.number() }).nullish(),
});

export const WireLeg = z.object({ data: z.object({ is_alive: z.boolean(), end_time: z.string().nullish() }) });

export const WireBalance = z.object({ data: z.looseObject({}) });
