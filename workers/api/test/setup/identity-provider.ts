import { inject } from "vitest";
import { z } from "zod";
import { APP_ORIGIN } from "./app-origin.ts";
import type { Browser } from "./browser.ts";

export type ProviderName = "google" | "github";

/** Somebody with an account at the stand-ins. */
export interface Account {
  readonly id?: string;
  readonly name: string;
  readonly email: string;
  readonly isEmailVerified?: boolean;
  readonly isEmailPublic?: boolean;
}

async function control(method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${inject("controlUrl")}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Who has accounts from now on. */
export const setPeople = (...people: Account[]) => control("PUT", "/people", { people });
export const strike = (fault: object) => control("POST", "/faults", fault);
export const clearFaults = () => control("DELETE", "/faults");

/** Presses the provider's button on the sign-in page. Gives the provider's page. */
export async function askProvider(browser: Browser, provider: ProviderName, callbackUrl = "/calls"): Promise<URL> {
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await browser.fetch("/auth/csrf")).json());
  const headers = { "x-auth-return-redirect": "1" };
  const response = await browser.json(`/auth/signin/${provider}`, "POST", { csrfToken, callbackUrl }, headers);
  return new URL(z.object({ url: z.string() }).parse(await response.json()).url);
}

/** Chooses somebody on the provider's page ("" cancels). Gives the path by which the provider sends the browser back. */
export async function consent(page: URL, email: string): Promise<string> {
  const shown = await (await fetch(page)).text();
  const request = /name="request" value="([^"]+)"/.exec(shown)?.[1];
  const button = [...shown.matchAll(/name="person" value="([^"]*)">([^<]*)</g)].find(([, id, label = ""]) =>
    email === "" ? id === "" : label.includes(`(${email})`),
  );
  const action = /action="([^"]+)"/.exec(shown)?.[1];
  if (request === undefined || action === undefined || button === undefined) throw new Error(`Not offered: ${shown}`);
  const decided = await fetch(new URL(action, page), {
    method: "POST",
    body: new URLSearchParams({ request, person: button[1] ?? "" }),
    redirect: "manual",
  });
  const back = new URL(decided.headers.get("location") ?? "");
  if (back.origin !== APP_ORIGIN) throw new Error(`Sent to ${back}`);
  return back.pathname + back.search;
}

/** Comes back from the provider. Gives where one is led. */
export async function comeBack(browser: Browser, path: string): Promise<string> {
  const response = await browser.fetch(path);
  if (response.status !== 302) throw new Error(`${response.status}: ${await response.text()}`);
  return response.headers.get("location") ?? "";
}

/** Signs in by a provider, from the button to where one is led. */
export async function signInBy(
  browser: Browser,
  provider: ProviderName,
  email: string,
  callbackUrl?: string,
): Promise<string> {
  return comeBack(browser, await consent(await askProvider(browser, provider, callbackUrl), email));
}
