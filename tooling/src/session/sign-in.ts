import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const MAIL_DEADLINE_MS = 15_000;

const Csrf = z.object({ csrfToken: z.string() });
const Mailbox = z.object({ mails: z.array(z.object({ id: z.string(), text: z.string().optional() })) });

/**
 * Asks the API for a sign-in link as the sign-in page does, and takes it out of the stand-in's mailbox.
 * Throws when no mail with a link arrives within 15 s.
 */
export async function requestSignInLink(options: {
  apiUrl: string;
  mailboxUrl: string;
  email: string;
}): Promise<string> {
  const { apiUrl, email } = options;
  const known = new Set((await readMailbox(options)).map(({ id }) => id));

  const csrf = await fetch(`${apiUrl}/auth/csrf`);
  const { csrfToken } = Csrf.parse(await csrf.json());
  const asked = await fetch(`${apiUrl}/auth/signin/email`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ csrfToken, email }),
    redirect: "manual",
  });
  if (asked.status >= 400)
    throw new Error(`The API refused to send a sign-in link: ${asked.status} ${await asked.text()}`);

  const deadline = Date.now() + MAIL_DEADLINE_MS;
  while (Date.now() < deadline) {
    for (const { id, text } of await readMailbox(options)) {
      const link = known.has(id) ? undefined : text?.match(/https?:\/\/\S+\/login\/confirm\S+/)?.[0];
      if (link !== undefined) return link;
    }
    await sleep(50);
  }
  throw new Error(`No sign-in mail for ${email} arrived within ${MAIL_DEADLINE_MS / 1000} s`);
}

/** Uses a sign-in link as the confirm page's button does. Returns the session's cookie, ready for a `cookie` header. */
export async function confirmSignIn(options: { apiUrl: string; appOrigin: string; link: string }): Promise<string> {
  const { apiUrl, appOrigin, link } = options;
  const { token, email } = Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1)));
  const confirmed = await fetch(`${apiUrl}/auth/confirm`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: appOrigin },
    body: JSON.stringify({ token, email }),
    redirect: "manual",
  });
  const cookie = cookiesOf(confirmed);
  if (confirmed.status >= 400 || cookie === "") {
    throw new Error(`The sign-in was not confirmed: ${confirmed.status} ${await confirmed.text()}`);
  }
  return cookie;
}

async function readMailbox({ mailboxUrl, email }: { mailboxUrl: string; email: string }) {
  const response = await fetch(`${mailboxUrl}/mailbox?to=${encodeURIComponent(email)}`, {
    headers: { accept: "application/json" },
  });
  return Mailbox.parse(await response.json()).mails;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
