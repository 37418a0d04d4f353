import { newId } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { contactTicket, readContactTicket } from "../../src/contact/index.ts";
import { readUnsubscribeToken, unsubscribeToken } from "../../src/mail/index.ts";

const secret = "a-secret-of-the-test-0123456789abcdef";
const createdAt = new Date("2026-11-21T09:00:00Z");
const daysLater = (days: number) => new Date(createdAt.getTime() + days * 24 * 60 * 60_000);

describe("the link against more mails", () => {
  test("is the same whenever it is made for a mail, and good for two years", async () => {
    const token = await unsubscribeToken(secret, { to: "Ana@X.example", createdAt }, "digest");
    expect(await unsubscribeToken(secret, { to: "ana@x.example", createdAt }, "digest")).toBe(token);
    const refusal = { address: "ana@x.example", kind: "digest" };
    expect(await readUnsubscribeToken(secret, token, daysLater(729))).toEqual(refusal);
    expect(await readUnsubscribeToken(secret, token, daysLater(731))).toBeNull();
    expect(await readUnsubscribeToken("another-secret", token, daysLater(1))).toBeNull();
  });

  test("is no token of a message by the form, nor the other way round", async () => {
    const [jobId, mailId] = [newId("job"), newId("mail")];
    const ticket = await contactTicket(secret, { jobId, mailId }, createdAt);
    expect(await readContactTicket(secret, ticket, jobId, createdAt)).toBe(mailId);
    expect(await readContactTicket(secret, ticket, newId("job"), createdAt)).toBeNull();
    expect(await readContactTicket(secret, ticket, jobId, new Date(createdAt.getTime() + 3_601_000))).toBeNull();
    expect(await readUnsubscribeToken(secret, ticket, createdAt)).toBeNull();
    const token = await unsubscribeToken(secret, { to: "ana@x.example", createdAt }, "digest");
    expect(await readContactTicket(secret, token, jobId, createdAt)).toBeNull();
  });
});
