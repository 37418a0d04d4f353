import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { findHome } from "../../src/projection/find-home.ts";

const workspaceId = newId("workspace");
const numberId = newId("number");

test.each([
  "+15550100002",
  "sip:+15550100002@sip.example",
  "sips:+15550100002@sip.example",
  "+15550100002@sip.example",
])("a call to %s is of whoever has the number, however the carrier writes it", async (to) => {
  const asked: string[] = [];
  const tx = {
    workspaces: { exists: rejects },
    numbers: {
      async byE164(e164: string) {
        asked.push(e164);
        return number(e164);
      },
    },
  };
  const started = {
    type: "call.started",
    at: "2026-11-21T09:00:00.000Z",
    direction: "inbound",
    carrier: "telnyx",
    carrierSessionId: "session",
    from: "anonymous",
    to,
    placedBy: null,
    workspaceId: null,
    numberId: null,
  } as const;
  expect(await findHome(tx, started, [])).toEqual({ workspaceId, numberId });
  expect(asked).toEqual(["+15550100002"]);
});

const rejects = () => Promise.reject(new Error("not asked"));

function number(e164: string) {
  return {
    id: numberId,
    workspaceId,
    e164,
    carrierNumberId: null,
    label: null,
    announcement: null,
    recordInbound: true,
    recordOutbound: true,
    language: null,
    keyTerms: [],
    deleteCarrierCopy: false,
    liveCaptions: true,
    version: 1,
    publishedVersion: null,
  };
}
