import { runInDurableObject } from "cloudflare:test";
import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import {
  commandsTo,
  doorOf,
  factsOf,
  factTypes,
  hearAnnouncement,
  kindsTo,
  newCall,
  publishRouting,
  refusalOf,
  replayed,
  reset,
  script,
  snapshot,
  stubOf,
  talk,
  until,
} from "./call.ts";

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

  test("counts a repeated notice and does not keep or apply it again", async () => {
    const call = newCall();
    await publishRouting(call.to);
    const initiated = call.initiated();
    expect(await doorOf(call.room).deliver(initiated)).toEqual({ kept: true });
    expect(await doorOf(call.room).deliver(initiated)).toEqual({ kept: false });
    expect(await doorOf(call.room).deliver(initiated)).toEqual({ kept: false });
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.length > 0,
    );
    expect(await kindsTo(call.controlId)).toEqual(["answer"]);
    const types = await factTypes(call.room);
    expect(types.filter((type) => type === "notice.kept")).toHaveLength(1);
    expect(types.filter((type) => type === "notice.repeated")).toHaveLength(2);
    expect((await factsOf(call.room)).find((fact) => fact.type === "notice.repeated")).toMatchObject({
      eventId: initiated.eventId,
    });
  });

  test("keeps the same bytes that came", async () => {
    const call = newCall();
    const notice = call.notice("call.bridged", 5, { note: 'ü \u2028 "quoted"' });
    await doorOf(call.room).deliver(notice);
    expect(await factsOf(call.room)).toEqual([
      { type: "notice.kept", at: notice.receivedAt, notice, applied: false, flag: "no_call" },
    ]);
  });

  test("applies notices in whatever order they come", async () => {
    const call = newCall();
    for (const notice of [call.saved(), call.hangup(), call.answered(), call.initiated()]) {
      await doorOf(call.room).deliver(notice);
    }
    const facts = await factsOf(call.room);
    expect(facts.findLast((fact) => fact.type === "call.ended")).toMatchObject({
      cause: "completed",
      answeredMs: 29_000,
    });
    expect(facts.filter((fact) => fact.type === "recording.saved")).toHaveLength(1);
    const { callId } = await doorOf(call.room).factsAfter(0);
    expect(callId).toMatch(/^call_/);
  });

  test("flags what it does not understand, and goes on", async () => {
    const call = newCall();
    const nonsense = { ...call.hangup(), body: "{}" };
    await doorOf(call.room).deliver(nonsense);
    await doorOf(call.room).deliver({ ...call.answered(), verdict: "unreadable" });
    const facts = await factsOf(call.room);
    expect(facts).toMatchObject([
      { type: "notice.kept", applied: false, flag: "unreadable" },
      { type: "notice.kept", applied: false, flag: "unreadable" },
    ]);
    expect((await doorOf(call.room).factsAfter(0)).callId).toBeNull();
  });

  test("reads what it could not read when it comes again, and counts what it still cannot", async () => {
    const call = newCall();
    await talk(call);
    const hangup = call.hangup();
    // As a version that knew less of the carrier's notices heard it.
    const unread = { ...hangup, body: "{}" };
    expect(await doorOf(call.room).deliver(unread)).toEqual({ kept: true });
    expect(await doorOf(call.room).deliver(unread)).toEqual({ kept: false });
    expect(await factTypes(call.room)).not.toContain("call.ended");

    await reset(call.room);
    expect(await doorOf(call.room).deliver(hangup)).toEqual({ kept: true });
    expect(await doorOf(call.room).deliver(hangup)).toEqual({ kept: false });
    expect(await factTypes(call.room)).toContain("call.ended");
    const ofIt = (await factsOf(call.room)).filter(
      (fact) => fact.type === "notice.kept" && fact.notice.eventId === hangup.eventId,
    );
    expect(ofIt).toMatchObject([
      { applied: false, flag: "unreadable" },
      { applied: true, flag: null },
    ]);
  });

  test("applies a kind of notice that it did not know when it first came", async () => {
    const call = newCall();
    await talk(call);
    const hangup = call.hangup();
    // As a version heard it that did not know this kind.
    const body = hangup.body.replace('"call.hangup"', '"call.over"');
    expect(await doorOf(call.room).deliver({ ...hangup, body })).toEqual({ kept: true });
    expect(await doorOf(call.room).deliver({ ...hangup, body })).toEqual({ kept: false });
    await reset(call.room);
    expect(await doorOf(call.room).deliver(hangup)).toEqual({ kept: true });
    expect(await factTypes(call.room)).toContain("call.ended");
  });

  test("tells what the transcriber reports of a recording", async () => {
    const call = newCall();
    await talk(call);
    await doorOf(call.room).deliver(call.saved());
    const saved = (await factsOf(call.room)).find((fact) => fact.type === "recording.saved");
    if (saved?.type !== "recording.saved") throw new Error("no recording");
    await doorOf(call.room).deliver({
      vendor: "assemblyai",
      eventId: "t-1:completed",
      eventType: "transcript.completed",
      receivedAt: new Date().toISOString(),
      callback: { recording: saved.recordingId },
      body: JSON.stringify({ transcript_id: "t-1", status: "completed" }),
      verdict: "readable",
    });
    expect((await factsOf(call.room)).at(-1)).toMatchObject({
      type: "transcription.reported",
      recordingId: saved.recordingId,
      vendorTranscriptionId: "t-1",
      status: "completed",
    });
  });

  test("gives its facts in pages, numbered without holes", async () => {
    const call = newCall();
    for (let i = 0; i < 120; i += 1) await doorOf(call.room).deliver(call.notice("call.bridged", i));
    const first = await doorOf(call.room).factsAfter(0);
    expect(first.more).toBe(true);
    const second = await doorOf(call.room).factsAfter(first.facts.length);
    expect(second.more).toBe(false);
    const numbers = [...first.facts, ...second.facts].map((numbered) => numbered.n);
    expect(numbers).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    expect(await doorOf(call.room).factsAfter(120)).toMatchObject({ facts: [], more: false });
  });

  test("has a log that leads to its state when it is replayed", async () => {
    const call = newCall();
    await talk(call);
    await doorOf(call.room).deliver(call.hangup());
    const { state, open } = await replayed(call.room);
    expect(open).toEqual([]);
    expect(state).toMatchObject({ phase: "ended", recording: "running", end: { cause: "completed" } });
    const { callId } = await doorOf(call.room).factsAfter(0);
    expect(state).toMatchObject({ call: { callId } });
  });

  test("keeps nothing of a notice whose transaction fails", async () => {
    const call = newCall();
    const stub = stubOf(call.room);
    await stub.deliver(call.notice("call.bridged", 1));
    await runInDurableObject(stub, (_room, { storage }) => storage.sql.exec("ALTER TABLE journal RENAME TO gone"));
    await refusalOf(() => stub.deliver(call.initiated()));
    await runInDurableObject(stub, (_room, { storage }) => storage.sql.exec("ALTER TABLE gone RENAME TO journal"));
    expect(await factTypes(call.room)).toEqual(["notice.kept"]);
    expect(await doorOf(call.room).deliver(call.initiated())).toEqual({ kept: true });
    const { facts } = await doorOf(call.room).factsAfter(0);
    expect(facts.slice(0, 3)).toMatchObject([
      { n: 1, fact: { type: "notice.kept" } },
      { n: 2, fact: { type: "notice.kept" } },
      { n: 3, fact: { type: "call.started" } },
    ]);
  });

  test("that was only asked something has kept nothing", async () => {
    const { room } = newCall();
    expect(await doorOf(room).factsAfter(0)).toEqual({ callId: null, facts: [], more: false });
    await doorOf(room).confirm(7);
    const tables = await runInDurableObject(stubOf(room), (_room, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});

describe("a call whose number has no settings", () => {
  test("is answered, told so, and not recorded", async () => {
    const call = newCall();
    await hearAnnouncement(call);
    const facts = await factsOf(call.room);
    expect(facts.find((fact) => fact.type === "call.routed")).toMatchObject({ snapshot: null });
    expect(facts.find((fact) => fact.type === "recording.not_made")).toMatchObject({
      reason: expect.stringContaining("no settings"),
    });
    expect(await kindsTo(call.controlId)).toEqual(["answer", "speak"]);
  });

  test("in a form that is known here is treated the same", async () => {
    const call = newCall();
    await publishRouting(call.to, { v: 2, anything: true });
    await doorOf(call.room).deliver(call.initiated());
    await until(
      () => kindsTo(call.controlId),
      (kinds) => kinds.includes("answer"),
    );
    expect((await factsOf(call.room)).find((fact) => fact.type === "call.routed")).toMatchObject({ snapshot: null });
  });
});

describe("a call that we place", () => {
  function placed() {
    const callId = newId("call");
    const to = `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
    const { workspaceId, numberId } = snapshot;
    const from = "+15551230002";
    const command = { callId, workspaceId, numberId, from, to, placedBy: "usr_x", detectMachine: false, snapshot };
    return { callId, to, command };
  }

  test("is dialed once, however often it is asked for", async () => {
    const { callId, to, command } = placed();
    expect(await doorOf(callId).placeCall(command)).toEqual({ callId, effect: "begun" });
    expect(await doorOf(callId).placeCall(command)).toEqual({ callId, effect: "already" });
    const dials = await until(
      () => commandsTo(to),
      (commands) => commands.length > 0,
    );
    expect(dials).toHaveLength(1);
    expect(dials[0]?.body).toMatchObject({
      command_id: `${callId}.dial`,
      client_state: btoa(JSON.stringify({ v: 1, room: callId })),
      webhook_url: "https://hooks.test/webhooks/telnyx",
    });
    expect(await refusalOf(() => doorOf(callId).placeCall({ ...command, callId: newId("call") }))).toMatchObject({
      message: expect.stringContaining("another call"),
    });
  });

  test("is hung up by its workspace, once", async () => {
    const { callId, to, command } = placed();
    const leg = { call_control_id: `v3:${callId}`, call_leg_id: "l", call_session_id: "s" };
    await script(to, [{ status: 200, body: { data: leg } }]);
    await doorOf(callId).placeCall(command);
    await until(
      () => factTypes(callId),
      (types) => types.includes("leg.changed"),
    );
    const by = { by: "usr_x", workspaceId: snapshot.workspaceId };
    expect(await refusalOf(() => doorOf(callId).hangUp({ ...by, workspaceId: newId("workspace") }))).toMatchObject({
      message: expect.stringContaining("not found"),
    });
    expect(await doorOf(callId).hangUp(by)).toEqual({ callId, effect: "begun" });
    expect(await doorOf(callId).hangUp(by)).toEqual({ callId, effect: "already" });
    await until(
      () => kindsTo(`v3:${callId}`),
      (kinds) => kinds.includes("hangup"),
    );
    expect(await kindsTo(`v3:${callId}`)).toEqual(["hangup"]);
  });

  test("cannot be hung up when it has ended, nor when it never was", async () => {
    const { callId, to, command } = placed();
    await script(to, [{ status: 422, body: { errors: [{ code: "10016", title: "not E.164" }] } }]);
    await doorOf(callId).placeCall(command);
    const facts = await until(
      () => factsOf(callId),
      (all) => all.some((fact) => fact.type === "call.ended"),
    );
    expect(facts.find((fact) => fact.type === "call.ended")).toMatchObject({ cause: "failed", carrierCause: "10016" });
    const by = { by: "usr_x", workspaceId: snapshot.workspaceId };
    expect(await refusalOf(() => doorOf(callId).hangUp(by))).toMatchObject({ code: "conflict" });
    expect(await refusalOf(() => doorOf(newId("call")).hangUp(by))).toMatchObject({ code: "not_found" });
  });
});

test("what reconciliation found is applied once", async () => {
  const call = newCall();
  await talk(call);
  const gone = { type: "leg_gone" as const, carrierLegId: `leg-${call.room.slice("telnyx:".length)}`, endedAt: null };
  await doorOf(call.room).observe(gone);
  await doorOf(call.room).observe(gone);
  const types = await factTypes(call.room);
  expect(types.filter((type) => type === "call.ended")).toHaveLength(1);
});
