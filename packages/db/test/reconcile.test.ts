import { type CallRecord, type CarrierRecords, type ListedNotice, type Observation, reconcile } from "@earwitness/core";
import { EarwitnessError, newId, type RawNotice, uuidOf } from "@earwitness/shared";
import { aCall } from "@earwitness/testing/records";
import { beforeEach, describe, expect, test } from "vitest";
import { aWorkspace, system } from "./support/factories.ts";
import { aStoredRecording } from "./support/media.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
beforeEach(async () => {
  for (const table of ["utterances", "transcripts", "recordings", "call_legs", "jobs", "outbox", "calls"]) {
    await record.rows(`delete from ${table}`);
  }
});

const NOW = new Date();
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** A carrier that knows what the test says, and rooms that write down what they are told. */
function world(carrier: Partial<CarrierRecords> = {}) {
  const observed: [string, Observation][] = [];
  const delivered: [string, RawNotice][] = [];
  const notAsked = () => Promise.reject(new Error("not asked"));
  const records: CarrierRecords = {
    recording: notAsked,
    recordingsOfLeg: notAsked,
    deleteRecording: notAsked,
    numbers: notAsked,
    leg: notAsked,
    notices: async () => ({ notices: [], pageCount: 1 }),
    check: notAsked,
    ...carrier,
  };
  return {
    observed,
    delivered,
    run: (asOf = NOW) =>
      reconcile(
        record.context(),
        {
          records,
          rooms: (room) => ({
            async observe(observation) {
              observed.push([room, observation]);
            },
            async deliver(notice) {
              if (room.includes("refuses")) throw new Error("This room refuses.");
              delivered.push([room, notice]);
              return { kept: true };
            },
          }),
        },
        asOf,
      ),
  };
}

async function aCallWithLeg(changes: Partial<CallRecord>, legEndedAt: Date | null = null): Promise<CallRecord> {
  const call = aCall(await aWorkspace(record.database), changes);
  await record.database.unitOfWork(system)(async (tx) => {
    await tx.calls.save(call);
    await tx.legs.save({
      workspaceId: call.workspaceId,
      callId: call.id,
      carrierLegId: `leg-${call.id}`,
      carrierControlId: `v3:${call.id}`,
      party: "caller",
      address: call.fromAddress,
      startedAt: call.startedAt,
      answeredAt: null,
      endedAt: legEndedAt,
      carrierCause: null,
      sipCode: null,
    });
  });
  return call;
}

describe("a hang-up that was never told", () => {
  test("is found by asking about the leg", async () => {
    const call = await aCallWithLeg({ state: "live", startedAt: minutesAgo(10) });
    const endedAt = minutesAgo(5).toISOString();
    const { observed, run } = world({ leg: async () => ({ isAlive: false, endedAt }) });
    await run();
    expect(observed).toEqual([[call.room, { type: "leg_gone", carrierLegId: `leg-${call.id}`, endedAt }]]);
  });

  test("is not made of a leg that is on the line, or of a call that has just begun", async () => {
    await aCallWithLeg({ state: "live", startedAt: minutesAgo(10) });
    await aCallWithLeg({ state: "ringing", startedAt: NOW });
    const asked: string[] = [];
    const { observed, run } = world({
      async leg(controlId) {
        asked.push(controlId);
        return { isAlive: true, endedAt: null };
      },
    });
    await run();
    expect(asked).toHaveLength(1);
    expect(observed).toEqual([]);
  });

  test("is looked for among all calls in turn, those asked about longest ago first", async () => {
    const calls = await Promise.all(
      Array.from({ length: 60 }, (_, i) => aCallWithLeg({ state: "live", startedAt: minutesAgo(100 - i) })),
    );
    const asked = new Set<string>();
    const { run } = world({
      async leg(controlId) {
        asked.add(controlId);
        return { isAlive: true, endedAt: null };
      },
    });
    await run();
    expect(asked.size).toBe(50);
    await run();
    expect(asked.size).toBe(calls.length);
  });
});

describe("a recording that was never told", () => {
  const ended = { state: "ended", recordingState: "awaited", startedAt: minutesAgo(30) } as const;
  const found = {
    carrierRecordingId: "recording",
    carrierLegId: "leg",
    channels: 2,
    durationMs: 1_000,
    startedAt: null,
    endedAt: null,
    urls: { wav: "https://carrier.example/file.wav" },
  };

  test("is found by asking for those of the leg", async () => {
    const call = await aCallWithLeg({ ...ended, endedAt: minutesAgo(3) }, minutesAgo(3));
    const { observed, run } = world({ recordingsOfLeg: async () => [found] });
    await run();
    expect(observed).toEqual([[call.room, { type: "recording_found", recording: found }]]);
  });

  test("is given two minutes to be told", async () => {
    await aCallWithLeg({ ...ended, endedAt: minutesAgo(1) }, minutesAgo(1));
    const { observed, run } = world();
    await run();
    expect(observed).toEqual([]);
  });

  test("is written down as missing after a day, with the reason", async () => {
    const call = await aCallWithLeg({ ...ended, endedAt: minutesAgo(25 * 60) }, minutesAgo(25 * 60));
    const younger = await aCallWithLeg({ ...ended, endedAt: minutesAgo(23 * 60) }, minutesAgo(23 * 60));
    const { run } = world({ recordingsOfLeg: async () => [] });
    await run();
    const stateOf = ({ id }: CallRecord) => record.database.unitOfWork(system)((tx) => tx.calls.find(id));
    expect(await stateOf(call)).toMatchObject({
      recordingState: "missing",
      notRecordedReason: expect.stringContaining("no recording"),
    });
    expect(await stateOf(younger)).toMatchObject({ recordingState: "awaited" });
  });
});

describe("a transcript about which the vendor is silent", () => {
  test("is asked for by a job, and by the next one when that is done", async () => {
    const since = (minutes: number) => ({
      state: "transcribing" as const,
      vendorTranscriptionId: "vendor-1",
      submittedAt: minutesAgo(minutes),
    });
    const { transcript } = await aStoredRecording(record.database, { transcript: since(3) });
    await aStoredRecording(record.database, { transcript: since(1) });
    const { run } = world();
    await Promise.all([run(), run()]);
    const jobs = await record.rows("select kind, payload from jobs");
    expect(jobs).toEqual([
      { kind: "transcript.collect", payload: { transcriptId: transcript.id, vendorTranscriptionId: "vendor-1" } },
    ]);
    const own = [uuidOf(transcript.workspaceId)];
    for (const { state, asked } of [
      { state: "queued", asked: 1 },
      { state: "running", asked: 1 },
      { state: "done", asked: 2 },
    ]) {
      await record.rows("update jobs set state = $2 where workspace_id = $1", [...own, state]);
      await run(new Date(NOW.getTime() + 5 * 60_000));
      expect(await record.rows("select id from jobs where workspace_id = $1", own), state).toHaveLength(asked);
    }
  });
});

test("one call about which the carrier cannot be asked keeps the others from nothing", async () => {
  const odd = await aCallWithLeg({ state: "live", startedAt: minutesAgo(20) });
  const gone = await aCallWithLeg({ state: "live", startedAt: minutesAgo(10) });
  const { observed, run } = world({
    async leg(controlId) {
      if (controlId !== `v3:${odd.id}`) return null;
      throw new EarwitnessError("vendor_failed", "The carrier refuses.", { retryable: false });
    },
  });
  await expect(run()).rejects.toThrow("did not come to its end");
  expect(observed.map(([room]) => room)).toEqual([gone.room]);
});

test("a carrier that is away is not asked about every call", async () => {
  await Promise.all(Array.from({ length: 15 }, () => aCallWithLeg({ state: "live", startedAt: minutesAgo(10) })));
  let asked = 0;
  const { run } = world({
    leg() {
      asked++;
      return Promise.reject(new EarwitnessError("vendor_failed", "The carrier is away."));
    },
  });
  await expect(run()).rejects.toThrow("did not come to its end");
  expect(asked).toBe(10);
});

test("one step that fails keeps the others from nothing, and the run counts as failed", async () => {
  await aCallWithLeg({ state: "live", startedAt: minutesAgo(10) });
  const { transcript } = await aStoredRecording(record.database, {
    transcript: { state: "transcribing", vendorTranscriptionId: "vendor-1", submittedAt: minutesAgo(10) },
  });
  const { run } = world({ leg: () => Promise.reject(new EarwitnessError("vendor_failed", "The carrier is away.")) });
  await expect(run()).rejects.toThrow("did not come to its end");
  expect(
    await record.rows("select id from jobs where workspace_id = $1", [uuidOf(transcript.workspaceId)]),
  ).toHaveLength(1);
});

describe("a notice that never came", () => {
  /** What a carrier lists: so many notices of one room, the newest first, two on a page. */
  function lister(notices: readonly ListedNotice[]) {
    const asked: { from: Date; until: Date; page: number }[] = [];
    const list: CarrierRecords["notices"] = async (time, page) => {
      asked.push({ ...time, page });
      const within = notices.filter(({ occurredAt }) => {
        const at = Date.parse(occurredAt);
        return at >= time.from.getTime() && at <= time.until.getTime();
      });
      return { notices: within.slice(2 * page - 2, 2 * page), pageCount: Math.max(1, Math.ceil(within.length / 2)) };
    };
    return { asked, list };
  }
  const listed = (room: string, minutes: number, eventType: string): ListedNotice => ({
    eventId: crypto.randomUUID(),
    eventType,
    room,
    occurredAt: minutesAgo(minutes).toISOString(),
    body: JSON.stringify({ eventType }),
  });
  beforeEach(async () => {
    await record.rows("delete from inbound_notices");
    await record.rows("delete from cron_positions");
  });

  test("is brought to its room in the order in which things happened, and one that is in the books is not", async () => {
    const room = `telnyx:${crypto.randomUUID()}`;
    const notices = [
      listed(room, 10, "call.hangup"),
      listed(room, 11, "call.answered"),
      listed(room, 12, "call.initiated"),
    ];
    const known = notices[1];
    if (known === undefined) throw new Error("There are three.");
    await record.rows(
      `insert into inbound_notices (id, room, vendor, event_id, event_type, received_at, body, applied)
       values ($1, $2, 'telnyx', $3, 'call.answered', now(), '', true)`,
      [uuidOf(newId("notice")), room, known.eventId],
    );
    const { delivered, run } = world({ notices: lister(notices).list });
    expect(await run()).toMatchObject({ lostNotices: 2 });
    expect(delivered).toMatchObject([
      [room, { eventType: "call.initiated", vendor: "telnyx", verdict: "readable", body: notices[2]?.body }],
      [room, { eventType: "call.hangup", eventId: notices[0]?.eventId }],
    ]);
  });

  test("of the last minute is still on its way", async () => {
    const { delivered, run } = world({ notices: lister([listed("telnyx:young", 1, "call.initiated")]).list });
    await run();
    expect(delivered).toEqual([]);
  });

  test("is asked for from where the last run stopped, and some minutes before; after a long time, for a day at most", async () => {
    const { asked, list } = lister([]);
    const { run } = world({ notices: list });
    await run();
    expect(asked.splice(0)).toEqual([
      { from: minutesAgo(67), until: minutesAgo(7), page: 1 },
      { from: minutesAgo(7), until: minutesAgo(2), page: 1 },
    ]);
    await run();
    expect(asked.splice(0)).toEqual([{ from: minutesAgo(7), until: minutesAgo(2), page: 1 }]);
    await record.rows("update cron_positions set position = '2020-01-01T00:00:00Z'");
    await run();
    expect(asked[0]?.from).toEqual(minutesAgo(24 * 60 + 2));
    expect(asked.at(-1)?.until).toEqual(minutesAgo(2));
  });

  test("is found among very many, stretch by stretch; a run that breaks off has got on all the same", async () => {
    // Two a minute for 55 minutes: many more pages than are read at once.
    const notices = Array.from({ length: 110 }, (_, n) => listed("telnyx:busy", 7 + n / 2, "call.initiated"));
    const { asked, list } = lister(notices);
    let answers = 30;
    const { delivered, run } = world({
      notices: async (time, page) => {
        if (answers-- === 0) throw new EarwitnessError("vendor_failed", "The carrier is away.", { retryable: true });
        return list(time, page);
      },
    });
    await expect(run()).rejects.toThrow("did not come to its end");
    const broughtBefore = delivered.length;
    expect(broughtBefore).toBeGreaterThan(0);
    const askedBefore = asked.length;
    const { lostNotices } = await run();
    expect(lostNotices).toBe(delivered.length - broughtBefore);
    const brought = new Set(delivered.map(([, notice]) => notice.eventId));
    expect(brought).toEqual(new Set(notices.map(({ eventId }) => eventId)));
    expect(Math.max(...asked.map(({ page }) => page))).toBeLessThanOrEqual(20);
    // The second did not begin anew: the rooms keep what they are given, which these do not.
    expect(delivered.length).toBeLessThan(notices.length + broughtBefore);
    // Where there are fewer, more time is asked about at once again.
    const stretches = asked.slice(askedBefore).map(({ from, until }) => until.getTime() - from.getTime());
    expect(stretches.some((ms, n) => ms > (stretches[n - 1] ?? ms))).toBe(true);
  });

  test("is asked for from where the run before stopped also after one that broke off in the minutes before that", async () => {
    await world().run();
    const position = await record.rows("select position from cron_positions");
    expect(position).toEqual([{ position: minutesAgo(2).toISOString() }]);
    // Ten a minute: more pages than are read at once.
    const notices = Array.from({ length: 50 }, (_, n) => listed("telnyx:busy", 2 + n / 10, "call.initiated"));
    const { list } = lister(notices);
    const { delivered, run } = world({
      notices: async (time, page) => {
        if (time.until >= minutesAgo(2) && time.from > minutesAgo(7))
          throw new EarwitnessError("vendor_failed", "The carrier is away.", { retryable: true });
        return list(time, page);
      },
    });
    await expect(run()).rejects.toThrow("did not come to its end");
    expect(delivered.length).toBeGreaterThan(0);
    expect(await record.rows("select position from cron_positions")).toEqual(position);
  });

  test("is not looked for among more than can be read of a second", async () => {
    let asked = 0;
    const { run } = world({
      notices: async () => {
        asked++;
        return { notices: [], pageCount: 201 };
      },
    });
    await expect(run()).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining("more than 200 pages of notices for the second from") }],
    });
    expect(asked).toBeLessThan(20);
  });

  test("that a room does not take is brought again by the next run, and keeps the others from nothing", async () => {
    const notices = [
      listed("telnyx:other", 5, "call.hangup"),
      listed("telnyx:refuses", 6, "call.hangup"),
      listed("telnyx:refuses", 30, "call.hangup"),
    ];
    const { delivered, run } = world({ notices: lister(notices).list });
    await expect(run()).rejects.toThrow("did not come to its end");
    expect(delivered.map(([room]) => room)).toEqual(["telnyx:other"]);
    await expect(run()).rejects.toThrow("did not come to its end");
    expect(delivered.map(([room]) => room)).toEqual(["telnyx:other", "telnyx:other"]);
  });
});
