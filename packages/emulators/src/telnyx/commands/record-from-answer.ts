import { randomUUID } from "node:crypto";
import type { Carrier } from "../carrier.ts";
import type { Leg } from "../leg/leg.ts";
import { startRecording } from "../recordings/record.ts";
import { refuseUnrecordable } from "./recording-request.ts";

interface RecordFields {
  readonly record?: "record-from-answer" | undefined;
  readonly record_channels: "single" | "dual";
  readonly record_format: string;
  readonly record_track: "both" | "inbound" | "outbound";
  readonly record_max_length: number;
  readonly record_timeout_secs: number;
  readonly record_trim?: string | undefined;
  readonly record_custom_file_name?: string | undefined;
}

/** A recording that will begin with the answer, under an id that the command's response already names. */
export interface PlannedRecording {
  readonly id: string;
  readonly start: (leg: Leg) => void;
}

/** Checks the `record_*` fields. `null` when no recording was asked for. */
export function recordFromAnswer(carrier: Carrier, body: RecordFields, initiatedBy: string): PlannedRecording | null {
  if (body.record === undefined) return null;
  refuseUnrecordable(
    { format: body.record_format, trim: body.record_trim, timeoutSecs: body.record_timeout_secs },
    "record_",
  );
  const id = randomUUID();
  const start = (leg: Leg) => {
    startRecording(carrier, leg, {
      id,
      channels: body.record_channels,
      track: body.record_track,
      customFileName: body.record_custom_file_name,
      initiatedBy,
      maxLengthSecs: body.record_max_length,
    });
  };
  return { id, start };
}
