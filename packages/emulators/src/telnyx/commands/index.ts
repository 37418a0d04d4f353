import { answer } from "./answer.ts";
import { bridge } from "./bridge.ts";
import type { Command } from "./command.ts";
import { hangup, reject } from "./end.ts";
import { playbackStart, playbackStop } from "./playback.ts";
import { recordPause, recordResume, recordStart, recordStop } from "./record.ts";
import { sendDtmf } from "./send-dtmf.ts";
import { speak } from "./speak.ts";
import { forkStart, streamingStart, streamingStop } from "./streaming.ts";
import { transfer } from "./transfer.ts";

/** The commands by their name in `/calls/{call_control_id}/actions/{name}`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  answer,
  bridge,
  fork_start: forkStart,
  hangup,
  playback_start: playbackStart,
  playback_stop: playbackStop,
  record_pause: recordPause,
  record_resume: recordResume,
  record_start: recordStart,
  record_stop: recordStop,
  reject,
  send_dtmf: sendDtmf,
  speak,
  streaming_start: streamingStart,
  streaming_stop: streamingStop,
  transfer,
};
