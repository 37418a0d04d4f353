import type { RawNotice } from "@earwitness/shared";

/** A notice of Telnyx as the webhooks worker hands it to a room, about the one leg of a call that came in. */
export function carrierNotice(session: string, eventType: string, payload: object): RawNotice {
  const id = crypto.randomUUID();
  const leg = {
    call_control_id: `v3:${session}`,
    call_leg_id: `leg-${session}`,
    call_session_id: session,
    client_state: null,
  };
  const occurred_at = new Date().toISOString();
  const data = { record_type: "event", event_type: eventType, id, occurred_at, payload: { ...leg, ...payload } };
  return {
    vendor: "telnyx",
    eventId: id,
    eventType,
    receivedAt: occurred_at,
    callback: {},
    body: JSON.stringify({ data }),
    verdict: "readable",
  };
}
