import type { TelephonyCommand } from "@earwitness/core";
import { encodeClientState } from "./client-state.ts";
import { voiceFor } from "./voice.ts";

/** What commands need to know of the installation. */
export interface TelnyxRoute {
  /** The Call Control application's id: digits as a string, beyond 2^53. */
  readonly connectionId: string;
  /** Where dialed calls send their notices: `<origin>/webhooks/telnyx`. */
  readonly webhookUrl: string;
  /** Where the carrier fetches the sounds that it plays: a folder of WAV files, without a slash at its end. */
  readonly soundsUrl: string;
  /** The address of ours to which the sound of a leg is streamed; good for minutes, and for this stream alone. */
  mediaUrlOf(stream: { room: string; key: string }): Promise<string>;
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
export async function wireCommandOf(
  command: TelephonyCommand,
  route: TelnyxRoute,
): Promise<{ path: string; json: object }> {
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
    case "record_pause":
    case "record_resume":
      return action(command.controlId, command.kind, common);
    case "stream_start":
      // Unset, the codec would be the leg's own, which differs from country to country.
      return action(command.controlId, "streaming_start", {
        ...common,
        stream_url: await route.mediaUrlOf(command),
        stream_track: "both_tracks",
        stream_codec: "PCMU",
      });
    case "play_start":
      return action(command.controlId, "playback_start", {
        ...common,
        audio_url: `${route.soundsUrl}/${command.sound}.wav`,
        audio_type: "wav",
        loop: command.isLooped ? "infinity" : 1,
        // A loop takes the place of what is playing; it would wait for its end otherwise.
        ...(command.isLooped ? { stop: "all" } : {}),
        target_legs: "self",
      });
    case "play_stop":
      return action(command.controlId, "playback_stop", { ...common, stop: "all" });
    case "send_dtmf":
      return action(command.controlId, "send_dtmf", { ...common, digits: command.digits });
    case "transfer":
      return action(command.controlId, "transfer", {
        ...common,
        to: command.to,
        from: command.from,
        timeout_secs: Math.round(command.ringTimeoutMs / 1000),
        target_leg_client_state: encodeClientState(command.room),
        webhook_url: route.webhookUrl,
        webhook_retries_policies: RETRY_POLICIES,
      });
    case "bridge":
      return action(command.controlId, "bridge", {
        ...common,
        call_control_id: command.other,
        park_after_unbridge: "self",
      });
    case "conference_create":
      return {
        path: "/conferences",
        json: { ...common, call_control_id: command.controlId, name: command.key, ...SILENTLY },
      };
    case "conference_join":
      return conferenceAction(command.conferenceId, "join", {
        ...common,
        call_control_id: command.controlId,
        mute: true,
        end_conference_on_exit: true,
        ...SILENTLY,
      });
    case "conference_mute":
      // Telnyx has no command_id here; muting who is muted changes nothing.
      return conferenceAction(command.conferenceId, command.isMuted ? "mute" : "unmute", {
        call_control_ids: [command.controlId],
      });
  }
}

/** Nobody is to hear that the call goes through a conference. */
const SILENTLY = { beep_enabled: "never" };

function conferenceAction(conferenceId: string, name: string, json: object): { path: string; json: object } {
  return { path: `/conferences/${encodeURIComponent(conferenceId)}/actions/${name}`, json };
}

/** The control id is opaque and holds characters that a path must not. */
function action(controlId: string, name: string, json: object): { path: string; json: object } {
  return { path: `/calls/${encodeURIComponent(controlId)}/actions/${name}`, json };
}
