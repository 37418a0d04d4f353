import { afterAll, beforeAll, expect, test } from "vitest";
import { telnyxClient } from "./support/answering-app.ts";
import { type Stage, startStage } from "./support/streamed-call.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const both = { format: "wav", channels: "dual" } as const;
const conferences = () => telnyxClient(stage.emulators).conferences;
const MEMBER = ["This is the first sentence of the member.", "And this is the second sentence of the member."];
const CUSTOMER = "The customer answers between the two.";
const dialogue = {
  lines: [
    { speaker: "caller", text: MEMBER[0], pauseBeforeMs: 2000 },
    { speaker: "agent", text: CUSTOMER, pauseBeforeMs: 4000 },
    { speaker: "caller", text: MEMBER[1], pauseBeforeMs: 4000 },
  ],
};
let lastNumber = 8000;

/** A recorded call of a customer, and a call to a member who will talk by the dialogue when the two are joined. */
async function customerAndMember(hangupBy = "caller") {
  lastNumber += 1;
  const to = `+1310555${lastNumber}`;
  await stage.control.phoneBook(to, { behaviour: "answer", script: dialogue, hangupBy });
  const customer = await stage.answered({
    script: { lines: [{ speaker: "caller", text: "Hello.", pauseBeforeMs: 600_000 }] },
  });
  const { data } = await telnyxClient(stage.emulators).calls.dial({
    connection_id: stage.emulators.telnyx.connectionId,
    from: "+12125550100",
    to,
  });
  const member = { id: data?.call_control_id ?? "", legId: data?.call_leg_id ?? "" };
  await stage.receiver.event("call.answered", member.legId);
  await stage.actions.startRecording(customer.id, both);
  return { customer, member };
}

/** Lets the member in, and has it recorded from then on: who is recorded begins to talk, whether anybody listens or not. */
async function letIn(conferenceId: string, member: { id: string }, options: { mute?: boolean } = {}) {
  await conferences().actions.join(conferenceId, { call_control_id: member.id, ...options });
  await stage.actions.startRecording(member.id, both);
}

const said = async (legId: string, speaker: string) => {
  const { detail, local } = await stage.recorded(legId);
  const words = (detail.recordings[0]?.words ?? []).flatMap((word) => (word.speaker === speaker ? word.text : []));
  return { text: words.join(" "), isLoud: local.some((sample) => Math.abs(sample) > 3000) };
};

test("participants hear each other, and the script of the one that was dialled is performed between them", async () => {
  const { customer, member } = await customerAndMember();
  const { data } = await conferences().create({ call_control_id: customer.id, name: "support" });
  expect(data).toMatchObject({ record_type: "conference", name: "support", status: "in_progress" });
  const id = data?.id ?? "";
  await letIn(id, member);
  const { data: members } = await conferences().listParticipants(id);
  expect(members?.map(({ muted, on_hold, call_leg_id }) => ({ muted, on_hold, call_leg_id }))).toEqual([
    { muted: false, on_hold: false, call_leg_id: customer.legId },
    { muted: false, on_hold: false, call_leg_id: member.legId },
  ]);
  for (const type of ["conference.created", "conference.participant.joined"]) {
    expect(await stage.receiver.event(type, customer.legId)).toMatchObject({ conference_id: id });
  }
  await stage.receiver.event("conference.participant.left", member.legId);
  await stage.actions.hangup(customer.id, {});
  expect(await stage.receiver.event("conference.ended", customer.legId)).toMatchObject({ reason: "all_left" });
  expect(await said(customer.legId, "agent")).toEqual({ text: MEMBER.join(" "), isLoud: true });
  expect(await said(member.legId, "agent")).toEqual({ text: CUSTOMER, isLoud: true });
});

test("a muted participant is not heard by the others, hears them, and is heard again when it is unmuted", async () => {
  const { customer, member } = await customerAndMember();
  const { data } = await conferences().create({ call_control_id: customer.id, name: "mute" });
  const id = data?.id ?? "";
  const socket = await stage.stream(customer.id);
  await letIn(id, member, { mute: true });
  const words = async () => (await stage.control.detail(member.legId)).script?.words ?? [];
  const customerSays = (await words()).find(({ speaker }) => speaker === "agent");
  await stage.media.until("the customer's turn", () => {
    const frames = socket.media("inbound");
    return frames.some(({ payload }) => Buffer.from(payload, "base64").some((byte) => byte < 0xa0 && byte > 0x80));
  });
  await conferences().actions.unmute(id, { call_control_ids: [member.id] });
  await stage.receiver.event("call.hangup", member.legId);
  await stage.actions.hangup(customer.id, {});
  expect(customerSays).toBeDefined();
  expect(await said(customer.legId, "agent")).toEqual({ text: MEMBER[1], isLoud: true });
  expect(await said(member.legId, "agent")).toEqual({ text: CUSTOMER, isLoud: true });
});

test("who is muted for the whole of a call leaves no sound on the other's", async () => {
  const { customer, member } = await customerAndMember();
  const { data } = await conferences().create({ call_control_id: customer.id, name: "silent" });
  await letIn(data?.id ?? "", member);
  await conferences().actions.mute(data?.id ?? "", { call_control_ids: [member.id] });
  await stage.receiver.event("call.hangup", member.legId);
  await stage.actions.hangup(customer.id, {});
  expect(await said(customer.legId, "agent")).toEqual({ text: "", isLoud: false });
  const { remote } = await stage.recorded(member.legId);
  expect(remote.some((sample) => Math.abs(sample) > 3000)).toBe(true);
});

test("on hold nobody speaks and nobody hears; afterwards the talk goes on", async () => {
  const { customer, member } = await customerAndMember();
  const { data } = await conferences().create({ call_control_id: customer.id, name: "hold" });
  const id = data?.id ?? "";
  await conferences().actions.join(id, { call_control_id: member.id });
  await conferences().actions.hold(id, { call_control_ids: [customer.id] });
  await new Promise((resolve) => setTimeout(resolve, 600));
  const before = await stage.control.detail(customer.legId);
  expect(before.script?.words).toEqual([]);
  await conferences().actions.unhold(id, { call_control_ids: [customer.id] });
  await stage.receiver.event("call.hangup", member.legId);
  await stage.actions.hangup(customer.id, {});
  expect((await said(customer.legId, "agent")).text).toBe(MEMBER.join(" "));
});

test("bridged legs can be moved into a conference, and their talk goes on there", async () => {
  const { customer, member } = await customerAndMember();
  await stage.actions.bridge(customer.id, { call_control_id_to_bridge_with: member.id, park_after_unbridge: "self" });
  await stage.receiver.event("call.bridged", member.legId);
  const { data } = await conferences().create({ call_control_id: member.id, name: "moved" });
  await conferences().actions.join(data?.id ?? "", { call_control_id: customer.id, end_conference_on_exit: true });
  await stage.receiver.event("call.hangup", member.legId);
  expect((await stage.control.detail(customer.legId)).state).toBe("answered");
  await stage.actions.hangup(customer.id, {});
  expect(await stage.receiver.event("conference.ended", customer.legId)).toMatchObject({ reason: "host_left" });
  expect((await said(customer.legId, "agent")).text).toBe(MEMBER.join(" "));
});

test("what does not fit is refused: no such conference, one that has ended, somebody else, an unanswered call", async () => {
  const { customer, member } = await customerAndMember("nobody");
  const codes = (code: string) => ({ status: 422, error: { errors: [{ code }] } });
  const nowhere = conferences().actions.join("0e0f8d5c-0000-4000-8000-000000000000", { call_control_id: customer.id });
  await expect(nowhere).rejects.toMatchObject(codes("90058"));
  const { data } = await conferences().create({ call_control_id: customer.id, name: "ended" });
  const id = data?.id ?? "";
  await expect(conferences().actions.mute(id, { call_control_ids: [member.id] })).rejects.toMatchObject(codes("10015"));
  const beeping = conferences().actions.join(id, { call_control_id: member.id, beep_enabled: "always" });
  await expect(beeping).rejects.toMatchObject({ status: 501 });
  const { callControlId } = await stage.control.call();
  await expect(conferences().actions.join(id, { call_control_id: callControlId })).rejects.toMatchObject(
    codes("90034"),
  );
  await conferences().actions.leave(id, { call_control_id: customer.id });
  await expect(conferences().actions.join(id, { call_control_id: member.id })).rejects.toMatchObject(codes("90019"));
  expect((await stage.control.detail(customer.legId)).state).toBe("answered");
  for (const call of [customer.id, member.id, callControlId]) await stage.actions.hangup(call, {});
});
