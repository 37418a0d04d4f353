import { jobs, mails } from "@earwitness/db/schema";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { APP_ORIGIN } from "./setup/app-origin.ts";
import { Browser, linksTo, newestLink, problemIn } from "./setup/browser.ts";
import { readRows } from "./setup/database.ts";

const anybody = () => `person-${crypto.randomUUID()}@northgate.example`;

describe("asking for a link", () => {
  test("answers the same for an address that is known and one that is not", async () => {
    const known = anybody();
    await new Browser().signIn(known);
    const answers = await Promise.all([known, anybody()].map((email) => new Browser().askForLink(email)));
    const [first, second] = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
    expect(first).toEqual(second);
  });

  test("mails the address that was counted, however the body may be read", async () => {
    const [counted, victim] = [anybody(), anybody()];
    const browser = new Browser();
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    // A form to whoever goes by the beginning of the type, JSON to whoever finds it anywhere in there.
    const body = JSON.stringify({ email: victim, csrfToken, x: `&csrfToken=${csrfToken}&email=${counted}&x=` });
    const headers = { "content-type": "text/plain; application/json", "x-auth-return-redirect": "1" };
    expect((await browser.fetch("/auth/signin/email", { method: "POST", headers, body })).status).toBe(200);
    expect([(await linksTo(victim)).length, (await linksTo(counted)).length]).toEqual([0, 1]);
  });

  test("needs the page's CSRF token", async () => {
    const response = await new Browser().json("/auth/signin/email", "POST", { email: anybody() });
    expect(response.status).toBe(403);
  });

  test.each(["", "dana", "dana@", "a@b@c.example", '"a@b.example"@c.example', "dana@northgate"])(
    "%j is no address",
    async (email) => {
      const response = await new Browser().askForLink(email);
      expect(response.status).toBe(400);
      expect((await problemIn(response)).errors).toEqual([{ pointer: "#/email", detail: expect.any(String) }]);
    },
  );

  test("is limited for each address, so that nobody's mailbox is flooded", async () => {
    const email = anybody();
    const statuses: number[] = [];
    // Five a minute, counted by the clock's minutes: these may fall into two of them.
    for (let i = 0; i < 11; i++) statuses.push((await new Browser().askForLink(email)).status);
    expect(statuses).toContain(429);
    expect((await linksTo(email)).length).toBeLessThanOrEqual(10);
  });

  test("is limited for each place that it comes from", async () => {
    const headers = { "cf-connecting-ip": "203.0.113.7" };
    const browser = new Browser();
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    const ask = () => browser.json("/auth/signin/email", "POST", { csrfToken, email: anybody() }, headers);
    const statuses = await Promise.all(Array.from({ length: 61 }, async () => (await ask()).status));
    expect(statuses.filter((status) => status === 302).length).toBeLessThanOrEqual(60);
    expect(statuses).toContain(429);
  }, 30_000);

  test("is limited for a whole network of IPv6, whose holder may take any address in it", async () => {
    const browser = new Browser();
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    const ask = (host: number) => {
      const headers = { "cf-connecting-ip": `2001:db8:7:7::${host.toString(16)}` };
      return browser.json("/auth/signin/email", "POST", { csrfToken, email: anybody() }, headers);
    };
    const statuses = await Promise.all(Array.from({ length: 61 }, async (_, i) => (await ask(i + 1)).status));
    expect(statuses).toContain(429);
  }, 30_000);

  test("is a wish for a mail that a job sends, and the wish holds no secret", async () => {
    const email = anybody();
    const browser = new Browser();
    const { csrfToken } = await (await browser.fetch("/auth/csrf")).json<{ csrfToken: string }>();
    await browser.json("/auth/signin/email", "POST", { csrfToken, email, callbackUrl: "/calls?x=1" });
    const [mail] = await readRows(({ db }) => db.select().from(mails).where(eq(mails.to, email)));
    expect(mail).toMatchObject({ kind: "sign_in", state: "queued", about: { callbackUrl: `${APP_ORIGIN}/calls?x=1` } });
    const wishes = await readRows(({ db }) =>
      db
        .select()
        .from(jobs)
        .where(eq(jobs.key, `mail.send/${mail?.id}`)),
    );
    expect(wishes).toMatchObject([{ kind: "mail.send", payload: { mailId: mail?.id } }]);
    const { token } = await newestLink(email);
    expect(JSON.stringify([mail, wishes])).not.toContain(token);
  });
});
