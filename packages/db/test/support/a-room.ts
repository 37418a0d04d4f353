import type { CallFact, FactPage, NumberedFact } from "@earwitness/core";
import { type CallId, newId, type RawNotice, type RecordingId, type WorkspaceId } from "@earwitness/shared";

const AT = "2026-11-21T09:00:00.000Z";

/** A room that tells what it is given, in pages, and hears how far it was understood. */
export class ScriptedRoom {
  readonly name = `telnyx:${crypto.randomUUID()}`;
  readonly callId: CallId = newId("call");
  readonly facts: NumberedFact[] = [];
  readonly confirmed: number[] = [];
  private readonly pageSize: number;

  constructor(pageSize = 100) {
    this.pageSize = pageSize;
  }

  tell(...facts: CallFact[]): void {
    for (const fact of facts) this.facts.push({ n: this.facts.length + 1, fact });
  }

  async factsAfter(after: number): Promise<FactPage> {
    const rest = this.facts.filter(({ n }) => n > after);
    return { callId: this.callId, facts: rest.slice(0, this.pageSize), more: rest.length > this.pageSize };
  }

  async confirm(n: number): Promise<void> {
    this.confirmed.push(n);
  }
}

function aNotice(eventId: string = crypto.randomUUID()): RawNotice {
  return {
    vendor: "telnyx",
    eventId,
    eventType: "call.initiated",
    receivedAt: AT,
    callback: {},
    body: '{"data":{}}',
    verdict: "readable",
  };
}

/** Everything that a recorded inbound call tells, notices and a repeat among it. */
export function wholeCall(
  options: { to?: string; workspaceId?: WorkspaceId; recordingId?: RecordingId } = {},
): CallFact[] {
  const { to = "+15550100002", workspaceId = null, recordingId = newId("recording") } = options;
  const leg: CallFact = {
    type: "leg.changed",
    at: AT,
    carrierLegId: "leg-1",
    carrierControlId: "v3:control",
    carrierSessionId: "session",
    party: "caller",
    address: "+15550100001",
    startedAt: AT,
    answeredAt: null,
    endedAt: null,
    carrierCause: null,
    sipCode: null,
  };
  const kept = (eventId: string): CallFact => ({
    type: "notice.kept",
    at: AT,
    notice: aNotice(eventId),
    applied: true,
    flag: null,
  });
  return [
    kept("initiated"),
    {
      type: "call.started",
      at: AT,
      direction: "inbound",
      carrier: "telnyx",
      carrierSessionId: "session",
      from: "+15550100001",
      to,
      placedBy: null,
      workspaceId,
      numberId: null,
    },
    leg,
    { type: "notice.repeated", at: AT, eventId: "initiated" },
    kept("answered"),
    { type: "call.answered", at: AT },
    { ...leg, answeredAt: AT },
    { type: "recording.started", at: AT },
    kept("hangup"),
    { ...leg, endedAt: AT, carrierCause: "normal_clearing", sipCode: "200" },
    {
      type: "call.ended",
      at: AT,
      cause: "completed",
      endedBy: "caller",
      carrierCause: "normal_clearing",
      sipCode: "200",
      answeredMs: 12_000,
    },
    kept("saved"),
    {
      type: "recording.saved",
      at: AT,
      recordingId,
      carrierLegId: "leg-1",
      carrierRecordingId: `carrier-${recordingId}`,
      channels: 2,
      format: "wav",
      startedAt: AT,
      endedAt: AT,
      url: "https://carrier.example/file.wav",
      callerChannel: 1,
    },
  ];
}
