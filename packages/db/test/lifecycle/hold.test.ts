import { applyRetention, deleteCall, emptyTrash, placeHold, purge } from "@earwitness/core";
import { type CallId, uuidOf } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { contextOf } from "../support/factories.ts";
import { DAY_MS, useOldCalls } from "../support/use-old-calls.ts";

const past = useOldCalls();
const { record, write, callRow, keep, anOldCall } = past;

describe("a hold", () => {
  const hold = (callId: CallId | null) => placeHold(contextOf(record, past.owner), { callId, reason: "Acme v. Us" });
  const onOne = (id: CallId) => hold(id);
  const onAll = () => hold(null);

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s keeps it from retention and from the trash's end", async (_, place) => {
    await keep({ recordings: 30, calls: 60 });
    const { call } = await anOldCall(90);
    await deleteCall(contextOf(record, past.owner), call.id);
    await place(call.id);
    expect(await applyRetention(write(), new Date())).toMatchObject({ recordings: 0, calls: 0 });
    await emptyTrash(write(), new Date(Date.now() + 40 * DAY_MS));
    expect(await callRow(call.id)).toMatchObject({ recording_state: "stored", purged_at: null });
  });

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s that is placed while it is purged is either first, or finds it gone", async (_, place) => {
    const wish = { kind: "recordings" as const, days: 1, isDue: () => true };
    const outcomes = new Set<string>();
    for (let i = 0; i < 12; i++) {
      const { call } = await anOldCall(2);
      const late = () => new Promise((done) => setTimeout(done, i % 3));
      const [purged, holdId] = await Promise.all([
        (i % 2 === 0 ? Promise.resolve() : late()).then(() => purge(write(), call.id, wish)),
        (i % 2 === 0 ? late() : Promise.resolve()).then(() => place(call.id)),
      ]);
      outcomes.add(purged);
      expect(purged).not.toBe("gone");
      const [placed] = await record.rows("select placed_at, xmin::text::int as xid from legal_holds where id = $1", [
        uuidOf(holdId),
      ]);
      expect((await callRow(call.id))?.recording_state).toBe(purged === "held" ? "stored" : "purged");
      expect(placed).toBeDefined();
      await write().unitOfWork((tx) => tx.holds.release(holdId, { at: new Date(), by: past.owner.userId }));
    }
    expect([...outcomes].every((each) => each === "held" || each === "purged")).toBe(true);
  });

  test.each([
    ["a call", onOne],
    ["the workspace", onAll],
  ])("on %s waits for a purge that has looked and not yet taken", async (_, place) => {
    const { call } = await anOldCall(2);
    let release = () => {};
    const looked = Promise.withResolvers<void>();
    const pause = new Promise<void>((go) => {
      release = go;
    });
    const slow = write();
    const purging = purge(
      {
        ...slow,
        unitOfWork: (work) =>
          slow.unitOfWork(async (tx) =>
            work({
              ...tx,
              holds: {
                ...tx.holds,
                isHeld: async (asked) => {
                  const held = await tx.holds.isHeld(asked);
                  looked.resolve();
                  await pause;
                  return held;
                },
              },
            }),
          ),
      },
      call.id,
      { kind: "recordings", days: 1, isDue: () => true },
    );
    await looked.promise;
    let isPlaced = false;
    const placing = place(call.id).then(() => {
      isPlaced = true;
    });
    await new Promise((done) => setTimeout(done, 150));
    expect(isPlaced).toBe(false);
    release();
    expect(await purging).toBe("purged");
    await placing;
  });
});
