import { newId, uuidOf } from "@earwitness/shared";
import { expect, test } from "vitest";
import type { Context, SystemActor } from "../../src/context.ts";
import { linkToken } from "../../src/mail/link-token.ts";
import { writeMail } from "../../src/mail/write-mail.ts";
import type { MailRecord } from "../../src/ports/index.ts";

const links = { appOrigin: "https://app.test", linkSecret: "secret-of-the-test" };
const createdAt = new Date("2026-11-21T09:00:00Z");

/** What writing a mail may ask for: the time. */
function at(now: Date): Context<SystemActor> {
  return {
    actor: { kind: "system", reason: "test" },
    clock: { now: () => now },
    random: () => 0,
    newId,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    unitOfWork: () => Promise.reject(new Error("Nothing is read.")),
  };
}

function mail(changed: Partial<MailRecord> = {}): MailRecord {
  const id = newId("mail");
  return {
    id,
    workspaceId: null,
    kind: "sign_in",
    to: "a@x.example",
    about: {},
    state: "queued",
    createdAt,
    ...changed,
  };
}

test("a link's token is made of its mail and the secret alone, and is another for each", async () => {
  const id = newId("mail");
  const token = await linkToken("key", "sign_in", id);
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(await linkToken("key", "sign_in", id)).toBe(token);
  expect(await linkToken("other", "sign_in", id)).not.toBe(token);
  expect(await linkToken("key", "invitation", id)).not.toBe(token);
  expect(await linkToken("key", "sign_in", newId("mail"))).not.toBe(token);
  expect(token).not.toContain(uuidOf(id).replaceAll("-", ""));
});

test("a sign-in mail leads to the confirm page with everything after #, in text and HTML alike", async () => {
  const record = mail({ to: '"<b>@x.example', about: { callbackUrl: "https://app.test/calls?x=1" } });
  const written = await writeMail(at(createdAt), links, record);
  const link = new URL(/https:\S+/.exec(written.text)?.[0] ?? "");
  expect(link.origin + link.pathname + link.search).toBe("https://app.test/login/confirm");
  expect(Object.fromEntries(new URLSearchParams(link.hash.slice(1)))).toEqual({
    token: await linkToken(links.linkSecret, "sign_in", record.id),
    email: record.to,
    callbackUrl: "https://app.test/calls?x=1",
  });
  expect(written.html).toContain(`href="${link.href.replaceAll("&", "&amp;")}"`);
  expect(written.html).not.toContain("<b>");
  for (const part of [written.text, written.html]) expect(part).toContain("15 minutes");
  expect(written).toMatchObject({ to: record.to, key: `mail/${record.id}` });
});

test("a sign-in mail is not written once its link has expired", async () => {
  const inTime = new Date(createdAt.getTime() + 15 * 60_000);
  await expect(writeMail(at(inTime), links, mail())).resolves.toBeDefined();
  const late = new Date(inTime.getTime() + 1);
  await expect(writeMail(at(late), links, mail())).rejects.toMatchObject({
    code: "unprocessable",
    retryable: false,
  });
});
