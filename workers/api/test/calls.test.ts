import type { CallRecord } from "@earwitness/core";
import { CallList, CallView } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { problemIn } from "./setup/browser.ts";
import { addCall, addRecording } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
let stranger: Tenant;
beforeAll(async () => {
  [tenant, stranger] = [await newTenant(), await newTenant()];
});

describe("the list of calls", () => {
  const calls: CallRecord[] = [];
  beforeAll(async () => {
    await addCall(stranger);
    // Two in the same millisecond: the id must decide, and a page may end between them.
    const minutes = [0, 1, 1, 2, 3, 4, 5];
    for (const minute of minutes) {
      calls.push(await addCall(tenant, { startedAt: new Date(Date.UTC(2026, 10, 20, 10, minute)) }));
    }
    calls.push(
      await addCall(tenant, {
        startedAt: new Date("2026-11-20T12:00:00Z"),
        direction: "outbound",
        state: "live",
        fromAddress: tenant.e164,
        toAddress: "+442071838750",
        endedAt: null,
        hangupCause: null,
      }),
    );
  });

  async function list(query: Record<string, string> = {}): Promise<CallList> {
    const response = await tenant.call(`/v1/calls?${new URLSearchParams(query)}`, { scope: "read" });
    expect(response.status).toBe(200);
    return CallList.parse(await response.json());
  }

  test("is the workspace's own, newest first", async () => {
    const { calls: listed, page } = await list();
    const expected = [...calls].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1));
    expect(listed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(page.nextCursor).toBeNull();
  });

  test.each([1, 2, 3, 7, 8])("in pages of %i gives every call once, in the same order", async (limit) => {
    const whole = (await list()).calls.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { calls: page, page: info }: CallList = await list({ limit: String(limit), ...(cursor && { cursor }) });
      expect(page.length).toBeLessThanOrEqual(limit);
      seen.push(...page.map(({ id }) => id));
      cursor = info.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole);
  });

  test("is not shifted by a call that comes in between two pages", async () => {
    const first = await list({ limit: "3", direction: "inbound" });
    await addCall(tenant, { startedAt: new Date("2026-11-20T11:00:00Z") });
    const second = await list({ limit: "3", direction: "inbound", cursor: first.page.nextCursor ?? "" });
    const ids = [...first.calls, ...second.calls].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
  });

  test.each<[Record<string, string>, number]>([
    [{ direction: "outbound" }, 1],
    [{ state: "live" }, 1],
    [{ state: "ringing" }, 0],
    [{ number: "+442071838750" }, 1],
    [{ number: "+4915112345678", until: "2026-11-20T10:03:00Z" }, 4],
    [{ from: "2026-11-20T10:01:00Z", until: "2026-11-20T10:02:00Z" }, 2],
    [{ from: "2026-11-20T11:01:00+01:00", until: "2026-11-20T11:02:00+01:00" }, 2],
  ])("filtered by %j", async (filter, count) => {
    expect((await list(filter)).calls).toHaveLength(count);
  });

  test.each([
    ["limit=0", "query/limit"],
    ["limit=101", "query/limit"],
    ["limit=ten", "query/limit"],
    ["state=lost", "query/state"],
    ["from=yesterday", "query/from"],
    ["cursor=abc", "query/cursor"],
    ["dir=inbound", "query"],
  ])("refuses %s and points at it", async (query, pointer) => {
    const response = await tenant.call(`/v1/calls?${query}`);
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe("one call", () => {
  test("with everything that belongs to it", async () => {
    const call = await addCall(tenant, {
      answeredAt: new Date("2026-11-20T10:00:05Z"),
      recordingStartedAt: new Date("2026-11-20T10:00:06Z"),
      durationMs: 15_000,
      hangupCause: "completed",
      recordingState: "storing",
      noticesReceived: 8,
      noticesRepeated: 2,
      noticesApplied: 7,
    });
    const recording = await addRecording(call);
    const view = CallView.parse(await (await tenant.call(`/v1/calls/${call.id}`)).json());
    expect(view).toMatchObject({
      id: call.id,
      from: "+4915112345678",
      to: tenant.e164,
      startedAt: "2026-11-20T10:00:00.000Z",
      hangupCause: "completed",
      recordings: [{ id: recording.id, state: "storing" }],
      notices: { received: 8, duplicates: 2, applied: 7 },
    });
    expect(view.stages.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "ring done",
      "answer done",
      "announce skipped",
      "record done",
      "end done",
      "save done",
      "store running",
      "transcribe waiting",
    ]);
  });

  test("that is another workspace's looks exactly like one that is not", async () => {
    const theirs = await addCall(stranger);
    const recording = await addRecording(theirs);
    const answers = async (callId: string, recordingId: string) => {
      const paths = [
        `/v1/calls/${callId}`,
        `/v1/calls/${callId}/recordings`,
        `/v1/calls/${callId}/transcript`,
        `/v1/recordings/${recordingId}/audio`,
        `/v1/recordings/${recordingId}/peaks`,
      ];
      return Promise.all(
        paths.map(async (path) => {
          const response = await tenant.call(path);
          const { requestId: _, ...problem } = await problemIn(response);
          return [response.status, problem];
        }),
      );
    };
    const { newId } = await import("@earwitness/shared");
    const foreign = await answers(theirs.id, recording.id);
    const missing = await answers(newId("call"), newId("recording"));
    expect(foreign.map(([status]) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(foreign).toEqual(missing);
  });

  test("by an id that is none is refused before the record is asked", async () => {
    const response = await tenant.call("/v1/calls/call_1");
    expect(response.status).toBe(400);
    expect((await problemIn(response)).errors).toEqual([
      { pointer: "path/callId", detail: expect.stringContaining('starts with "call_"') },
    ]);
  });
});
