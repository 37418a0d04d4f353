import { describe, expect, test } from "vitest";
import { LoggedEvent, liveStateOf, MachineState, replayCall, steerAnswer } from "../../src/index.ts";
import { hangup, saved, snapshot, talking } from "./rig.ts";

/** What an earlier version wrote: the same JSON without the fields that it did not know. */
function asWrittenBy<T>(value: T, unknown: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(value, (name, field: unknown) => (unknown.includes(name) ? undefined : field)));
}

describe("what a room wrote before calls were streamed and steered", () => {
  test("is read back as a call that is neither", () => {
    const rig = talking();
    const state = MachineState.parse(
      asWrittenBy(rig.state, ["stream", "wasStreamed", "steering", "liveCaptions", "isAnswerInferred"]),
    );
    expect(state).toMatchObject({ phase: "talking", recording: "running", call: { stream: null, wasStreamed: false } });
    expect(liveStateOf(state)).toMatchObject({ media: "none", held: null, transfer: null });
    const command = { workspaceId: snapshot.workspaceId, by: "usr_ann", key: "k", wish: { action: "hold" } as const };
    expect(steerAnswer(state, command)).toBeNull();
  });

  test("leads to the same end when its log is replayed", () => {
    const rig = talking();
    rig.apply(hangup());
    rig.apply(saved());
    const log = rig.log.map((logged) => LoggedEvent.parse(asWrittenBy(logged, ["liveCaptions"])));
    const { state } = replayCall(log);
    expect(state).toMatchObject({ phase: "ended", recording: "told", end: { cause: "completed" } });
    expect(liveStateOf(state)).toEqual(liveStateOf(rig.state));
  });
});
