import { describe, expect, it } from "vitest";
import { readCounts } from "../src/cost/read-counts.ts";

const live = {
  message: "A call's live moment is over.",
  logger: "earwitness.rooms",
  properties: {
    messagesIn: 6000,
    chunksStored: 3,
    chunkBytes: 960_000,
    activeMs: 60_000,
    framesIn: 6000,
    framesLost: 0,
  },
};

describe("the counts of a log", () => {
  it("add up what the wrapped workers tell, and keep to the lines of those that serve the call", () => {
    const { counted, parts, logLines } = readCounts(
      [
        { counted: "row_written", n: 2, of: "tail" },
        { counted: "row_written", n: 1, of: "alarm" },
        { counted: "row_written", n: 2, of: "tail" },
        { counted: "object_request", n: 1 },
        { message: "request", logger: "earwitness.api" },
        { message: "A job is done", logger: "earwitness.jobs" },
      ]
        .map((line) => JSON.stringify(line))
        .concat("the runtime's own words", "")
        .join("\n"),
    );
    expect(counted).toMatchObject({ row_written: 5, object_request: 1, queue_message: 0 });
    expect(parts).toEqual({ row_written: { tail: 4, alarm: 1 } });
    expect(logLines).toBe(2);
  });

  it("hold the room's account of the sound, when there is one", () => {
    expect(readCounts(JSON.stringify(live)).live).toEqual(live.properties);
    expect(readCounts("").live).toBeNull();
  });
});
