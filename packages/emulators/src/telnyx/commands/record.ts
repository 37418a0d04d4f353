import type { Leg } from "../leg/leg.ts";
import { problems, TelnyxProblem } from "../problem.ts";
import { startRecording, stopRecording } from "../recordings/record.ts";
import type { Recording } from "../recordings/recording.ts";
import { RecordingRefBody, RecordStartBody } from "../schema/commands.ts";
import { command } from "./command.ts";
import { refuseUnrecordable } from "./recording-request.ts";

export const recordStart = command("record_start", RecordStartBody, "answered", (carrier, leg, body) => {
  refuseUnrecordable({ format: body.format, trim: body.trim, timeoutSecs: body.timeout_secs }, "");
  if (body.transcription) throw problems.notEmulated("transcription by the carrier", "/transcription");
  startRecording(carrier, leg, {
    channels: body.channels,
    track: body.recording_track,
    customFileName: body.custom_file_name,
    initiatedBy: "StartCallRecordingAPI",
    maxLengthSecs: body.max_length,
  });
  // No recording_id: the vendor's schema has none, it is learnt from the webhook.
  return undefined;
});

export const recordStop = command("record_stop", RecordingRefBody, "answered", (carrier, leg, body) => {
  for (const recording of openRecordings(leg, body.recording_id)) stopRecording(carrier, recording);
  return undefined;
});

export const recordPause = command("record_pause", RecordingRefBody, "answered", (_, leg, body) => {
  for (const recording of openRecordings(leg, body.recording_id)) recording.pause(leg.now);
  return undefined;
});

export const recordResume = command("record_resume", RecordingRefBody, "answered", (_, leg, body) => {
  for (const recording of openRecordings(leg, body.recording_id)) recording.resume(leg.now);
  return undefined;
});

function openRecordings(leg: Leg, id: string | undefined): Recording[] {
  const open = leg.recordings.filter((recording) => recording.isOpen && (id === undefined || recording.id === id));
  if (open.length > 0) return open;
  throw new TelnyxProblem(422, [
    { code: "90001", title: "Invalid recording state", detail: "This call is not being recorded." },
  ]);
}
