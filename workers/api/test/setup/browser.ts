import { SELF } from "cloudflare:test";
import { linkToken } from "@earwitness/core";
import { mails } from "@earwitness/db/schema";
import { MeView, Problem } from "@earwitness/shared";
import { desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { API_BINDINGS } from "./api-bindings.ts";
import { APP_ORIGIN } from "./app-origin.ts";
import { readRows } from "./database.ts";

/** A request to the worker as it would come from outside. */
export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return SELF.fetch(`https://api.test${path}`, { redirect: "manual", ...init });
}

/** A browser with a cookie jar, whose pages are ours. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** Sets a cookie as somebody else might have. */
  plant(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookies.size > 0) headers.set("cookie", this.cookieHeader);
    const isWrite = init.method !== undefined && init.method !== "GET" && init.method !== "HEAD";
    if (isWrite && !headers.has("origin")) headers.set("origin", APP_ORIGIN);
    const response = await request(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === "" || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  json(path: string, method: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Whom the API takes this browser's person to be. */
  async me(): Promise<MeView> {
    return MeView.parse(await (await this.fetch("/api/v1/me")).json());
  }

  /** Asks for a sign-in link as the sign-in page does. */
  async askForLink(email: string): Promise<Response> {
    const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await this.fetch("/auth/csrf")).json());
    return this.json("/auth/signin/email", "POST", { csrfToken, email }, { "x-auth-return-redirect": "1" });
  }

  /** Presses the button of the confirm page that a link leads to. */
  confirm(link: SignInLink): Promise<Response> {
    return this.json("/auth/confirm", "POST", link);
  }

  /** Signs in by mail, from the first request to the cookie. */
  async signIn(email: string): Promise<void> {
    expect((await this.askForLink(email)).status).toBe(200);
    expect((await this.confirm(await newestLink(email))).status).toBe(200);
  }
}

export interface SignInLink {
  readonly token: string;
  readonly email: string;
}

/** The sign-in links that were asked to be mailed to an address, newest first, as the jobs worker would write them. */
export async function linksTo(email: string): Promise<SignInLink[]> {
  const asked = await readRows(({ db }) =>
    db.select().from(mails).where(eq(mails.to, email)).orderBy(desc(mails.createdAt), desc(mails.id)),
  );
  return Promise.all(
    asked.map(async ({ id }) => ({ token: await linkToken(API_BINDINGS.LINK_SECRET, "sign_in", id), email })),
  );
}

export async function newestLink(email: string): Promise<SignInLink> {
  const [link] = await linksTo(email);
  if (link === undefined) throw new Error(`No mail to ${email} was asked for.`);
  return link;
}

/** Reads an answer that must be a problem. */
export async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return Problem.parse(await response.json());
}
