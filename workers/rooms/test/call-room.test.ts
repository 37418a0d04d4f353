import { describe, expect, test } from "vitest";
import { doorOf, factsOf, factTypes, kindsTo, newCall, talk } from "./call.ts";

describe("a call's room", () => {
  test("takes a call from its first ring to its recording", async () => {
    const call = newCall();
    await talk(call);
    expect(await doorOf(call.room).deliver(call.hangup())).toEqual({ kept: true });
    await doorOf(call.room).deliver(call.saved());
    expect(await kindsTo(call.controlId)).toEqual(["answer", "speak", "record_start"]);
    const types = (await factTypes(call.room)).filter((type) => type !== "leg.changed");
    expect(types).toEqual([
      "notice.kept",
      "call.started",
      "call.routed",
      "notice.kept",
      "call.answered",
      "notice.kept",
      "call.announced",
      "recording.started",
      "notice.kept",
      "call.ended",
      "notice.kept",
      "recording.saved",
    ]);
    const kept = (await factsOf(call.room)).filter((fact) => fact.type === "notice.kept");
    expect(kept.every((fact) => fact.applied && fact.flag === null)).toBe(true);
  });
});
