import { env } from "cloudflare:workers";
import { CommandTaken, newId, PlacedCall } from "@earwitness/shared";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { z } from "zod";
import { problemIn } from "./setup/browser.ts";
import { carrierNotice } from "./setup/carrier-notice.ts";
import { newColleague } from "./setup/colleague.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

/** How often the carrier was asked to dial `to`. */
async function dialsTo(to: string): Promise<number> {
  const response = await fetch(`${inject("controlUrl")}/received?vendor=telnyx`);
  const { requests } = z.object({ requests: z.array(z.looseObject({})) }).parse(await response.json());
  return requests.filter((request) => JSON.stringify(request).includes(to)).length;
}

const place = (json: unknown, headers: Record<string, string> = {}) =>
  tenant.call("/v1/calls", { method: "POST", json, headers });

describe("placing a call", () => {
  test("hands it to its room, which has the carrier dial", async () => {
    const response = await place({ from: tenant.numberId, to: "+14155550101" });
    expect(response.status).toBe(202);
    const { callId } = PlacedCall.parse(await response.json());
    await expect.poll(() => dialsTo("+14155550101")).toBeGreaterThan(0);
    expect(callId).toMatch(/^call_/);
  });

  test("takes the national form of the calling number's country", async () => {
    expect((await place({ from: tenant.numberId, to: "(415) 555-0102" })).status).toBe(202);
    await expect.poll(() => dialsTo("+14155550102")).toBeGreaterThan(0);
  });

  test.each(["12", "+1", "hello", "+999999999999999999", ""])("to %j is refused at its field", async (to) => {
    const response = await place({ from: tenant.numberId, to });
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors).toEqual([{ pointer: "#/to", detail: expect.any(String) }]);
  });

  test("from another workspace's number looks like one from a number that is not", async () => {
    const foreign = await place({ from: stranger.numberId, to: "+14155550103" });
    const missing = await place({ from: newId("number"), to: "+14155550103" });
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    const { requestId: _, ...theirs } = await problemIn(foreign);
    expect(await problemIn(missing)).toMatchObject(theirs);
    expect(await dialsTo("+14155550103")).toBe(0);
  });

  test("refuses fields that it does not know, and names them", async () => {
    const response = await place({ from: tenant.numberId, to: "+14155550104", record: false });
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.[0]?.detail).toContain("record");
  });
});

describe("an Idempotency-Key", () => {
  test("makes one call of the same wish, however often and at once it is sent", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const body = { from: tenant.numberId, to: "+14155550105" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => place(body, headers)));
    const ids = await Promise.all(answers.map(async (answer) => PlacedCall.parse(await answer.json()).callId));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(ids).size).toBe(1);
    await expect.poll(() => dialsTo("+14155550105")).toBe(1);
  });

  test("is its sender's own: somebody else's same key is another wish, and tells nothing of this one", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const body = { from: tenant.numberId, to: "+14155550117" };
    const agent = await newColleague(tenant, "agent");
    const [mine, theirs] = [await place(body, headers), await agent.browser.json("/v1/calls", "POST", body, headers)];
    const [a, b] = [PlacedCall.parse(await mine.json()), PlacedCall.parse(await theirs.json())];
    expect(b.callId).not.toBe(a.callId);
    const other = await agent.browser.json("/v1/calls", "POST", { ...body, to: "+14155550118" }, headers);
    expect(other.status).toBe(422);
  });

  test("is refused for another wish", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    expect((await place({ from: tenant.numberId, to: "+14155550106" }, headers)).status).toBe(202);
    const other = await place({ from: tenant.numberId, to: "+14155550107" }, headers);
    expect(other.status).toBe(422);
    expect(await dialsTo("+14155550107")).toBe(0);
  });

  test("belongs to its workspace", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const mine = await place({ from: tenant.numberId, to: "+14155550108" }, headers);
    const json = { from: stranger.numberId, to: "+14155550108" };
    const theirs = await stranger.call("/v1/calls", { method: "POST", json, headers });
    expect([mine.status, theirs.status]).toEqual([202, 202]);
    expect(await mine.json()).not.toEqual(await theirs.json());
  });

  test("is free again after a day", async () => {
    const key = crypto.randomUUID();
    const body = { from: tenant.numberId, to: "+14155550109" };
    const first = await (await place(body, { "idempotency-key": key })).json();
    const later = async (hours: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * 60 * 60 * 1000 });
      try {
        return await (await place(body, { "idempotency-key": key })).json();
      } finally {
        vi.useRealTimers();
      }
    };
    expect(await later(23)).toEqual(first);
    expect(await later(25)).not.toEqual(first);
  });

  test("that is no sensible key is refused", async () => {
    for (const key of ["short", "x".repeat(129), "with a space in it"]) {
      const response = await place({ from: tenant.numberId, to: "+14155550110" }, { "idempotency-key": key });
      expect(response.status, key).toBe(400);
      expect((await problemIn(response)).errors?.[0]?.pointer).toBe("header/idempotency-key");
    }
  });
});

describe("hanging up", () => {
  /** A call that is placed for real; the row is what its projection would have made of it by now. */
  async function liveCall() {
    const { callId } = PlacedCall.parse(await (await place({ from: tenant.numberId, to: "+14155550111" })).json());
    return addCall(tenant, {
      id: callId,
      room: callId,
      state: "ringing",
      direction: "outbound",
      endedAt: null,
      hangupCause: null,
    });
  }

  test("begins it once, whoever asks again", async () => {
    const call = await liveCall();
    const first = await tenant.call(`/v1/calls/${call.id}/hangup`, { method: "POST" });
    expect(first.status).toBe(202);
    expect(CommandTaken.parse(await first.json())).toEqual({ callId: call.id, effect: "begun" });
    const second = await tenant.call(`/v1/calls/${call.id}/hangup`, { method: "POST" });
    expect(CommandTaken.parse(await second.json()).effect).toBe("already");
  });

  test("a call that has ended is a conflict, in the room's own words", async () => {
    const session = crypto.randomUUID();
    const room = env.CALL_ROOM.getByName(`telnyx:${session}`);
    const parties = { from: "+4915112345678", to: tenant.e164 };
    const ring = { ...parties, direction: "incoming", state: "parked" };
    const end = { ...parties, hangup_cause: "normal_clearing", hangup_source: "caller", sip_hangup_cause: "200" };
    await room.deliver(carrierNotice(session, "call.initiated", ring));
    await room.deliver(carrierNotice(session, "call.hangup", end));
    // The record lags: it still shows the call as live.
    const call = await addCall(tenant, { room: `telnyx:${session}`, state: "live", endedAt: null, hangupCause: null });
    const response = await tenant.call(`/v1/calls/${call.id}/hangup`, { method: "POST" });
    expect(response.status).toBe(409);
    expect(await problemIn(response)).toMatchObject({ code: "conflict", detail: "The call has ended already." });
  });

  test("another workspace's call is not found, and goes on", async () => {
    const call = await liveCall();
    const response = await stranger.call(`/v1/calls/${call.id}/hangup`, { method: "POST" });
    expect(response.status).toBe(404);
    const still = await tenant.call(`/v1/calls/${call.id}/hangup`, { method: "POST" });
    expect(CommandTaken.parse(await still.json()).effect).toBe("begun");
  });
});
