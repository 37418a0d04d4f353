import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { type CallEvent, CarrierEvent } from "../../src/index.ts";
import {
  answered,
  captioned,
  hangup,
  initiated,
  LEG,
  machine,
  notice,
  placeCall,
  Rig,
  ringsOut,
  saved,
  speakEnded,
  talking,
} from "../call/rig.ts";

const THEIRS = { controlId: "v3:b", legId: "leg-b", sessionId: "session" };
const TO = "+15551230009";

/** Every kind of notice, where in a call it comes and has its effect. */
const NOTICES: Record<CarrierEvent["type"], { before: () => Rig; notice: CallEvent }> = {
  initiated: { before: () => new Rig(), notice: initiated() },
  answered: { before: ringing, notice: answered() },
  speak_ended: { before: announcing, notice: speakEnded() },
  machine_detected: { before: detecting, notice: machine("human") },
  hangup: { before: () => talking(), notice: hangup() },
  recording_saved: { before: hungUp, notice: saved() },
  recording_error: { before: hungUp, notice: notice("recording_error", 31_000, { reason: "Internal server error" }) },
  stream_started: { before: streaming, notice: notice("stream_started", 3_200, { url: null }) },
  stream_stopped: { before: streaming, notice: notice("stream_stopped", 9_000, { url: null }) },
  stream_failed: { before: streaming, notice: notice("stream_failed", 9_000, { reason: "network", url: null }) },
  bridged: { before: transferring, notice: notice("bridged", 6_010, {}, LEG) },
  // One that could not play is told each time: two sounds may fail alike, and only the notice's id tells them apart.
  play_ended: { before: held, notice: notice("play_ended", 9_000, { completed: true, sound: null, failure: null }) },
  dtmf_received: { before: () => talking(), notice: notice("dtmf_received", 8_000, { digit: "5" }) },
  other: { before: () => talking(), notice: notice("other", 8_000, { name: "call.cost" }) },
};

function ringing(): Rig {
  const rig = new Rig();
  rig.apply(initiated());
  rig.settleAll();
  return rig;
}

function announcing(): Rig {
  const rig = ringing();
  rig.apply(answered());
  rig.settleAll();
  return rig;
}

function detecting(): Rig {
  const rig = new Rig();
  rig.apply({ type: "place_call", command: placeCall({ detectMachine: true }) });
  rig.settleAll();
  rig.apply(ringsOut());
  rig.apply(answered());
  rig.settleAll();
  return rig;
}

function hungUp(): Rig {
  const rig = talking();
  rig.apply(hangup());
  return rig;
}

function streaming(): Rig {
  const rig = talking(captioned);
  const stream = rig.commands.find(({ kind }) => kind === "stream_start");
  rig.apply({ type: "media_opened", key: stream?.key ?? "none" });
  return rig;
}

function transferring(): Rig {
  const rig = talking();
  rig.ask({ action: "transfer", to: TO });
  rig.settleAll();
  rig.apply(notice("initiated", 4_000, { direction: "outbound", from: "+15551230002", to: TO }, THEIRS));
  rig.apply(notice("answered", 6_000, { parties: null }, THEIRS));
  return rig;
}

function held(): Rig {
  const rig = talking();
  rig.ask({ action: "hold" });
  rig.settleAll();
  return rig;
}

/** Rooms know a notice by its id and do not ask the machine a second time; where one comes under another id, this holds. */
describe.each(Object.entries(NOTICES))("a notice of the kind %s that comes again", (_kind, { before, notice }) => {
  test("at once, commands and tells nothing", () => {
    const rig = before();
    rig.apply(notice);
    const { commands, facts } = rig.apply(notice);
    expect({ commands, facts }).toEqual({ commands: [], facts: [] });
  });

  test("after the call's end, commands and tells nothing", () => {
    const rig = before();
    rig.apply(notice);
    rig.settleAll();
    rig.apply(hangup(40_000));
    rig.settleAll();
    const { commands, facts } = rig.apply(notice);
    expect({ commands, facts }).toEqual({ commands: [], facts: [] });
  });
});

test("a transcription that is reported again tells nothing", () => {
  const rig = hungUp();
  const reported: CallEvent = {
    type: "transcription_reported",
    recordingId: newId("recording"),
    vendorTranscriptionId: "vendor-1",
    status: "completed",
  };
  expect(rig.apply(reported).facts).toHaveLength(1);
  expect(rig.apply(reported)).toMatchObject({ isApplied: false, facts: [], commands: [] });
});

test("every kind that the carrier has is among them", () => {
  expect(Object.keys(NOTICES).toSorted()).toEqual(CarrierEvent.options.map(({ shape }) => shape.type.value).toSorted());
});
