import type { TelephonyCommand } from "@earwitness/core";
import { encodeClientState } from "./client-state.ts";
import { voiceFor } from "./voice.ts";

/** What commands need to know of the installation. */
export interface TelnyxRoute {
  /** The Call Control application's id: digits as a string, beyond 2^53. */
  readonly connectionId: string;
  /** Where dialed calls send their notices: `<origin>/webhooks/telnyx`. */
  readonly webhookUrl: string;
}

/**
 * How often Telnyx tries a notice again. Its own default is not published; five delays and 60 s together are the most that
 * it takes. The failover URL and reconciliation stand behind it.
 */
const RETRIES = { retries_ms: [1000, 2000, 5000, 10_000, 20_000] };
const RETRY_POLICIES = {
  "call.answered": RETRIES,
  "call.hangup": RETRIES,
  "call.recording.saved": RETRIES,
};

/** A command as Telnyx's Call Control v2 takes it: the path after `/v2`, and the body. */
export function wireCommandOf(command: TelephonyCommand, route: TelnyxRoute): { path: string; json: object } {
  const common = { command_id: command.key };
  switch (command.kind) {
    case "dial":
      return {
        path: "/calls",
        json: {
          ...common,
          connection_id: route.connectionId,
          from: command.from,
          to: command.to,
          timeout_secs: Math.round(command.ringTimeoutMs / 1000),
          client_state: encodeClientState(command.room),
          webhook_url: route.webhookUrl,
          webhook_retries_policies: RETRY_POLICIES,
          ...(command.detectMachine ? { answering_machine_detection: "detect" } : {}),
        },
      };
    case "answer":
      return action(command.controlId, "answer", {
        ...common,
        client_state: encodeClientState(command.room),
        webhook_retries_policies: RETRY_POLICIES,
      });
    case "reject":
      return action(command.controlId, "reject", {
        ...common,
        cause: command.cause === "busy" ? "USER_BUSY" : "CALL_REJECTED",
      });
    case "hangup":
      return action(command.controlId, "hangup", common);
    case "speak":
      return action(command.controlId, "speak", {
        ...common,
        payload: command.text,
        ...voiceFor(command.language),
      });
    case "record_start":
      // The beep has no documented default, and the announcement has said it already.
      return action(command.controlId, "record_start", {
        ...common,
        format: "wav",
        channels: "dual",
        play_beep: false,
      });
  }
}

/** The control id is opaque and holds characters that a path must not. */
function action(controlId: string, name: string, json: object): { path: string; json: object } {
  return { path: `/calls/${encodeURIComponent(controlId)}/actions/${name}`, json };
}
