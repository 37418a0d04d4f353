import { env } from "cloudflare:workers";
import { AuditList, type CallId, NoticeAppliedAgain, NoticeList, newId, type RawNotice } from "@earwitness/shared";
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
