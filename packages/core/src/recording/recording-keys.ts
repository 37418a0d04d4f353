import type { RecordingRecord } from "../ports/repositories/index.ts";

type Named = Pick<RecordingRecord, "workspaceId" | "callId" | "id" | "format">;

/** Where a recording's audio lies, for ever: a key is written once. */
export function recordingKey({ workspaceId, callId, id, format }: Named): string {
  return `recordings/${workspaceId}/${callId}/${id}.${format}`;
}

/** Where its loudness for drawing lies, a `PeaksView` in JSON. */
export function peaksKey({ workspaceId, callId, id }: Named): string {
  return `peaks/${workspaceId}/${callId}/${id}.json`;
}

export const CONTENT_TYPES = { wav: "audio/wav", mp3: "audio/mpeg" } as const;
