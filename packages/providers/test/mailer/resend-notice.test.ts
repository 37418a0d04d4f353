import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { createResendVerifier, readResendNotice } from "../../src/mailer/index.ts";

/** The test vector of Standard Webhooks, by which Svix signs, with headers of other names. */
const SECRET = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
const AT_S = 1_790_000_000;
const BODY = '{"type":"call.completed","timestamp":"2026-11-21T09:00:00Z","data":{"id":"call_1"}}';
const SIGNATURE = "v1,JEDS3AoMYGpkjgnfXFs6P4Li2H4EiYzk5X+WfSgRQqI=";

const verify = createResendVerifier(SECRET);
const signed = (changed: Partial<Parameters<typeof verify>[0]> = {}) =>
  verify({
    id: "msg_test_1",
    timestamp: String(AT_S),
    signature: SIGNATURE,
    body: new TextEncoder().encode(BODY),
    nowMs: AT_S * 1000,
    ...changed,
  });

describe("a notice's signature", () => {
  test("is good for these bytes, beside others, five minutes either way", async () => {
    expect(await signed()).toBeNull();
    expect(await signed({ signature: `v1,${"A".repeat(43)}= v1a,xyz ${SIGNATURE}` })).toBeNull();
    expect(await signed({ nowMs: AT_S * 1000 + 300_000 })).toBeNull();
    expect(await signed({ nowMs: AT_S * 1000 - 300_000 })).toBeNull();
  });

  test.each([
    ["one byte more", { body: new TextEncoder().encode(`${BODY} `) }, "signature"],
    ["another id", { id: "msg_test_2" }, "signature"],
    ["another time", { timestamp: String(AT_S + 1) }, "signature"],
    ["another version", { signature: SIGNATURE.replace("v1,", "v2,") }, "signature"],
    ["what is no base64", { signature: "v1,!!!" }, "signature"],
    ["a time that is too old", { nowMs: AT_S * 1000 + 300_001 }, "stale"],
    ["a time that is to come", { nowMs: AT_S * 1000 - 300_001 }, "stale"],
    ["no time", { timestamp: "soon" }, "stale"],
    ["no id", { id: undefined }, "missing"],
    ["no signature", { signature: undefined }, "missing"],
  ])("is not, with %s", async (_, changed, fault) => {
    expect(await signed(changed)).toBe(fault);
  });

  test("is not, by another secret", async () => {
    const other = createResendVerifier("whsec_CAgICAgICAgICAgICAgICAgICAgICAgI");
    const body = new TextEncoder().encode(BODY);
    const request = { id: "msg_test_1", timestamp: String(AT_S), signature: SIGNATURE, body, nowMs: AT_S * 1000 };
    expect(await other(request)).toBe("signature");
  });
});

describe("a notice", () => {
  const mailId = newId("mail");
  const receivedAt = new Date("2026-11-21T09:00:01Z");
  const read = (type: string, data: object = {}) =>
    readResendNotice(
      "msg_1",
      receivedAt,
      JSON.stringify({
        type,
        created_at: "2026-11-21T09:00:00.000Z",
        data: { email_id: "49a3", to: ["a@x.example"], tags: { mail: mailId }, ...data },
      }),
    );

  test.each([
    ["email.delivered", {}, "delivered", null],
    ["email.delivery_delayed", {}, "delayed", null],
    [
      "email.bounced",
      { bounce: { type: "Permanent", subType: "General", message: "No such user" } },
      "bounced",
      "bounced",
    ],
    ["email.bounced", { bounce: { type: "Transient", subType: "MailboxFull", message: "Full" } }, "bounced", null],
    ["email.bounced", { bounce: "gone" }, "bounced", null],
    ["email.complained", {}, "complained", "complained"],
    [
      "email.suppressed",
      { suppressed: { message: "On the list", type: "OnAccountSuppressionList" } },
      "suppressed",
      "suppressed",
    ],
    ["email.failed", { failed: { reason: "reached_daily_quota" } }, "failed", null],
  ])("%s %j says what became of the mail", (type, data, delivery, suppression) => {
    const { news, ...notice } = read(type, data);
    expect(notice).toMatchObject({ id: "msg_1", type, providerMailId: "49a3", receivedAt });
    expect(news).toMatchObject({ mailId, delivery, suppression, at: new Date("2026-11-21T09:00:00Z") });
  });

  test("carries the service's words", () => {
    expect(read("email.bounced", { bounce: { type: "Permanent", message: "No such user" } }).news?.detail).toBe(
      "No such user",
    );
  });

  test.each([
    ["of a type that we do not know", read("email.opened")],
    ["about another's mail", read("email.bounced", { tags: { mail: "x" } })],
    ["about a mail without tags", read("email.bounced", { tags: undefined })],
  ])("%s is kept and says nothing", (_, notice) => {
    expect(notice.news).toBeNull();
    expect(notice.body).toContain("49a3");
  });

  test("that is none is kept as it came", () => {
    expect(readResendNotice("msg_2", receivedAt, "<html>")).toMatchObject({
      type: "unreadable",
      body: "<html>",
      news: null,
    });
  });
});
