import type { GapReason, RecordingView } from "@earwitness/shared";
import type { CallReport } from "../../ports/export-source.ts";
import { clockText, secondsText } from "../report/clock-text.ts";

/** A label, and what is true of it: a line or more. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What happened when, and to whom. */
export function callFacts({ call, workspaceName }: CallReport): Fact[] {
  return [
    { label: "Workspace", text: workspaceName },
    { label: "Call", text: call.id },
    { label: "Direction", text: call.direction },
    { label: "From", text: call.from },
    { label: "To", text: call.to },
    { label: "Began", text: instantText(call.startedAt) },
    { label: "Answered", text: call.answeredAt === null ? "never" : instantText(call.answeredAt) },
    { label: "Ended", text: call.endedAt === null ? "not yet" : instantText(call.endedAt) },
    { label: "Spoken for", text: call.durationMs === null ? "still going on" : clockText(call.durationMs) },
    ...(call.hangupCause === null ? [] : [{ label: "Ended because", text: call.hangupCause.replaceAll("_", " ") }]),
    ...(call.notRecordedReason === null ? [] : [{ label: "Not recorded", text: call.notRecordedReason }]),
  ];
}

/** Where each answered second is: the terms of a sum, as the call's page has them. What is before the recording, or on its way, is no loss. */
export function coverageFacts({ coverage }: CallReport): Fact[] {
  const { recordedMs, liveMs, pausedMs, missingMs, missing, isFinal } = coverage;
  const missingFor = (why: GapReason) =>
    missing.filter(({ reason }) => reason === why).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const beforeMs = missingFor("before_recording");
  const awaitedMs = missingFor("recording_awaited");
  const lostMs = missingMs - beforeMs - awaitedMs;
  const where = [
    { label: "Recorded", ms: recordedMs },
    { label: "Kept live only", ms: liveMs },
    { label: "Paused", ms: pausedMs },
    { label: "Before recording", ms: beforeMs },
    { label: "On its way", ms: awaitedMs },
  ].filter(({ label, ms }) => ms > 0 || label === "Recorded");
  return [
    { label: "Answered", text: secondsText(coverage.answeredMs) + (isFinal ? "" : " (so far)") },
    ...where.map(({ label, ms }) => ({ label, text: secondsText(ms) })),
    { label: "Missing", text: lostMs === 0 ? "nothing" : secondsText(lostMs) },
    ...missing.map(({ startMs, endMs, reason, detail }) => ({
      label: `${clockText(startMs)} – ${clockText(endMs)}`,
      text: REASONS[reason] + (detail === null ? "" : ` (${detail})`),
    })),
  ];
}

/** What a recording's file is, and its digest: by it anybody can tell whether they hear the same. */
export function recordingFacts(recording: RecordingView): Fact[] {
  const { id, state, durationMs, sizeBytes, sha256, storedAt } = recording;
  return [
    { label: "Recording", text: id },
    { label: "State", text: state },
    ...(durationMs === null ? [] : [{ label: "Length", text: clockText(durationMs) }]),
    ...(sizeBytes === null ? [] : [{ label: "Size", text: `${sizeBytes.toLocaleString("en-GB")} bytes` }]),
    ...(storedAt === null ? [] : [{ label: "Stored", text: instantText(storedAt) }]),
    ...(sha256 === null ? [] : [{ label: "SHA-256", text: sha256.replace(HALVES, "$1 ") }]),
  ];
}

const REASONS: Readonly<Record<GapReason, string>> = {
  before_recording: "before the recording began",
  not_recorded: "not recorded",
  paused: "paused",
  frame_lost: "sound lost on its way",
  media_lost: "the line's sound broke off",
  media_stalled: "the line's sound stood still",
  room_reset: "the platform moved the call's room",
  storage_failed: "the storage refused it",
  transcriber_closed: "the transcriber hung up",
  transcriber_stalled: "the transcriber stood still",
  transcriber_refused: "the transcriber refused it",
  transcriber_limit: "the transcriber's limit was reached",
  carrier_lost: "the carrier lost it",
  recording_awaited: "the recording is awaited",
  unknown: "nobody knows why",
};

/** A digest in two lines that one can compare by eye. */
const HALVES = /^(.{32})(?=.)/;

const INSTANT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

/** A moment for a page that is read anywhere: in UTC, and saying so. */
export function instantText(instant: string): string {
  return `${INSTANT.format(new Date(instant))} UTC`;
}
