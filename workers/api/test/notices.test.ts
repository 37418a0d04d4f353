import { env } from "cloudflare:workers";
import {
  AuditList,
  type CallId,
  NoticeAppliedAgain,
  NoticeList,
  NoticePage,
  newId,
  type RawNotice,
} from "@earwitness/shared";
import { beforeAll, expect, test } from "vitest";
import { carrierNotice } from "./setup/carrier-notice.ts";
import { asSystem } from "./setup/database.ts";
import { addCall } from "./setup/records.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

/** A call whose record has a notice that its room has not heard: as after a room was emptied. */
async function aToldCall(): Promise<{ callId: CallId; room: string; notice: RawNotice }> {
  const call = await addCall(tenant, { room: `telnyx:${crypto.randomUUID()}` });
  const { id: callId, room, workspaceId } = call;
  const notice = carrierNotice(room, "call.hangup", { hangup_cause: "normal_clearing", said: "grüß Gott  \u200f" });
  const kept = { notice, applied: true, flag: null };
  await asSystem(async (tx) => {
    const fact = { type: "notice.kept", at: notice.receivedAt, ...kept } as const;
    await tx.facts.add({ room, callId, workspaceId, projectedN: 0 }, [{ n: 1, fact }]);
    await tx.notices.keep({ room, callId, workspaceId, ...kept });
  });
  return { callId, room, notice };
}

const list = async (callId: CallId) =>
  NoticeList.parse(await (await tenant.call(`/v1/calls/${callId}/notices`)).json()).notices;
const again = (callId: CallId, noticeId: string) =>
  tenant.call(`/v1/calls/${callId}/notices/${noticeId}/apply-again`, { method: "POST" });

test("a notice is applied again byte for byte; what the call has heard is only counted", async () => {
  const { callId, room, notice } = await aToldCall();
  const [told] = await list(callId);
  const { vendor, eventId, eventType, receivedAt } = notice;
  expect(told).toMatchObject({ vendor, eventId, eventType, receivedAt, isApplied: true, flag: null, repeats: 0 });
  const noticeId = told?.id ?? "";

  expect(NoticeAppliedAgain.parse(await (await again(callId, noticeId)).json())).toEqual({ isKnown: false });
  expect(NoticeAppliedAgain.parse(await (await again(callId, noticeId)).json())).toEqual({ isKnown: true });
  const { facts } = await env.CALL_ROOM.getByName(room).factsAfter(0);
  expect(facts.map(({ fact }) => fact).filter(({ type }) => type.startsWith("notice."))).toEqual([
    expect.objectContaining({ type: "notice.kept", notice }),
    expect.objectContaining({ type: "notice.repeated", eventId }),
  ]);

  const { entries } = AuditList.parse(await (await tenant.browser.fetch("/v1/audit?limit=1")).json());
  const details = { noticeId, vendor, eventId, eventType };
  expect(entries[0]).toMatchObject({ action: "notice.applied_again", object: { kind: "call", id: callId }, details });
});

test("a notice is found at its own call alone", async () => {
  const [one, another] = [await aToldCall(), await aToldCall()];
  const [told] = await list(one.callId);
  expect((await again(another.callId, told?.id ?? "")).status).toBe(404);
  expect((await again(one.callId, newId("notice"))).status).toBe(404);
  expect((await tenant.call(`/v1/calls/${newId("call")}/notices`)).status).toBe(404);
});

/** A notice that came to no call, as the room keeps it that holds such; `ms` into a year in which no other is told of. */
async function aNobodysNotice(ms: number, flag: "unreadable" | "no_call", body = "grüß \u200f") {
  const room = `telnyx:unsorted:${crypto.randomUUID()}`;
  const receivedAt = new Date(Date.UTC(2500, 0, 1) + ms).toISOString();
  const notice = {
    ...carrierNotice(room, "unreadable", {}),
    receivedAt,
    body,
    verdict: "unreadable",
  } as const;
  const kept = { notice, applied: false, flag };
  await asSystem(async (tx) => {
    const fact = { type: "notice.kept", at: receivedAt, ...kept } as const;
    const of = { room, callId: null, workspaceId: null };
    await tx.facts.add({ ...of, projectedN: 0 }, [{ n: 1, fact }]);
    await tx.notices.keep({ ...of, ...kept });
  });
  return { room, notice };
}

const page = async (query: string) => NoticePage.parse(await (await tenant.call(`/v1/notices?${query}`)).json());
const applyAgain = (noticeId: string) => tenant.call(`/v1/notices/${noticeId}/apply-again`, { method: "POST" });

test("notices of no workspace are listed newest first, page by page, without what they say", async () => {
  const [old, dialed, late] = [
    await aNobodysNotice(1, "unreadable"),
    await aNobodysNotice(2, "no_call"),
    await aNobodysNotice(3, "unreadable"),
  ];
  const all = await page("limit=3");
  expect(all.notices.map(({ eventId }) => eventId)).toEqual([late, dialed, old].map(({ notice }) => notice.eventId));
  expect(JSON.stringify(all)).not.toContain("grüß");
  const first = await page("flag=unreadable&limit=1");
  expect(first.notices).toMatchObject([{ eventId: late.notice.eventId, flag: "unreadable", isApplied: false }]);
  const second = await page(`flag=unreadable&limit=1&cursor=${first.nextCursor}`);
  expect(second.notices).toMatchObject([{ eventId: old.notice.eventId }]);
  expect((await tenant.call("/v1/notices?cursor=made-up")).status).toBe(400);
});

test("a notice that no door could read goes to its call once it can be read, and is noted as gone", async () => {
  const session = crypto.randomUUID();
  const told = carrierNotice(session, "call.hangup", { hangup_cause: "normal_clearing", said: "grüß \u200f" });
  const { notice } = await aNobodysNotice(4, "unreadable", told.body);
  const noticeId = (await page("limit=1")).notices[0]?.id ?? "";
  expect(await (await applyAgain(noticeId)).json()).toEqual({ isKnown: false });
  expect(await (await applyAgain(noticeId)).json()).toEqual({ isKnown: true });
  const { facts } = await env.CALL_ROOM.getByName(`telnyx:${session}`).factsAfter(0);
  const { eventId, eventType, vendor } = told;
  const [kept] = facts.map(({ fact }) => fact);
  expect(kept).toMatchObject({ type: "notice.kept", notice: { ...notice, eventId, eventType, verdict: "readable" } });
  expect((await page("limit=1&flag=sorted")).notices).toMatchObject([{ id: noticeId }]);
  const { entries } = AuditList.parse(await (await tenant.browser.fetch("/v1/audit?limit=1")).json());
  const details = { noticeId, vendor, eventId, eventType };
  expect(entries[0]).toMatchObject({
    action: "notice.applied_again",
    object: { kind: "notice", id: noticeId },
    details,
  });
});

test("a notice of no workspace that still cannot be read is counted by its room; a workspace's is not found there", async () => {
  const { room, notice } = await aNobodysNotice(5, "unreadable");
  const noticeId = (await page("limit=1")).notices[0]?.id ?? "";
  await env.CALL_ROOM.getByName(room).deliver(notice);
  expect(await (await applyAgain(noticeId)).json()).toEqual({ isKnown: true });
  expect((await page("limit=1")).notices).toMatchObject([{ id: noticeId, flag: "unreadable" }]);

  const own = await aToldCall();
  expect((await applyAgain((await list(own.callId))[0]?.id ?? "")).status).toBe(404);
});
