import { unsubscribeToken } from "@earwitness/core";
import { mailUnsubscribes } from "@earwitness/db/schema";
import { MeView } from "@earwitness/shared";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { API_BINDINGS } from "./setup/api-bindings.ts";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, request } from "./setup/browser.ts";
import { readRows } from "./setup/database.ts";

const someone = () => `${crypto.randomUUID()}@visitor.example`;
const tokenFor = (to: string, createdAt = new Date()) =>
  unsubscribeToken(API_BINDINGS.LINK_SECRET, { to, createdAt }, "digest");
const addressOf = (token: string) => `/v1/mail/unsubscribe?token=${encodeURIComponent(token)}`;
const unwanted = async (address: string) =>
  (await readRows(({ db }) => db.select().from(mailUnsubscribes).where(eq(mailUnsubscribes.address, address)))).map(
    ({ kind }) => kind,
  );

test("a mailbox says for its owner that a kind of mail is unwanted, as RFC 8058 has it, and twice is as good as once", async () => {
  const to = someone();
  const address = addressOf(await tokenFor(to.toUpperCase()));
  for (let times = 0; times < 2; times++) {
    const response = await request(address, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ address: to, kind: "digest" });
  }
  expect(await unwanted(to)).toEqual(["digest"]);
});

test("to open the address changes nothing, and leads to the page with the button", async () => {
  const to = someone();
  const token = await tokenFor(to);
  for (const method of ["GET", "HEAD"]) {
    const response = await request(addressOf(token), { method });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`${APP_ORIGIN}/unsubscribe#token=${token}&kind=digest`);
  }
  expect(await unwanted(to)).toEqual([]);
});

test("a token that is none, or of a mail of years ago, does nothing", async () => {
  const to = someone();
  const old = await tokenFor(to, new Date(Date.now() - 3 * 365 * 24 * 60 * 60_000));
  const foreign = await unsubscribeToken(
    "another-secret-0123456789-0123456789",
    { to, createdAt: new Date() },
    "digest",
  );
  for (const token of ["none", old, foreign]) {
    expect((await request(addressOf(token), { method: "POST" })).status).toBe(404);
  }
  expect(await unwanted(to)).toEqual([]);
});

test("a person says no in the settings, and yes again, whichever way they said no", async () => {
  const email = someone();
  const browser = new Browser();
  await browser.signIn(email);
  const wanted = async () => MeView.parse(await (await browser.fetch("/v1/me")).json()).user.mails;
  expect(await wanted()).toEqual({ digest: true, exportReady: true });
  const answer = await browser.json("/v1/me", "PATCH", { mails: { exportReady: false } });
  expect(MeView.parse(await answer.json()).user.mails).toEqual({ digest: true, exportReady: false });
  await request(addressOf(await tokenFor(email)), { method: "POST" });
  expect(await wanted()).toEqual({ digest: false, exportReady: false });
  await browser.json("/v1/me", "PATCH", { mails: { digest: true, exportReady: true } });
  expect(await wanted()).toEqual({ digest: true, exportReady: true });
  expect(await unwanted(email)).toEqual([]);
});
