import { type ApiKeyScope, CreatedApiKey, MeView, type NumberId, type WorkspaceId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import type { z } from "zod";
import { Browser, request } from "./browser.ts";
import { asSystem } from "./database.ts";

/** A workspace with its owner's browser, one number, and a key of each scope. */
export interface Tenant {
  readonly browser: Browser;
  /** The owner's. */
  readonly email: string;
  readonly workspaceId: WorkspaceId;
  readonly numberId: NumberId;
  readonly e164: string;
  readonly keys: { readonly read: string; readonly write: string };
  /** A request of a program, by one of the keys. */
  call(path: string, init?: RequestInit & { scope?: z.infer<typeof ApiKeyScope>; json?: unknown }): Promise<Response>;
}

/** Signs somebody new up, and gives them a number as the carrier's sync would. */
export async function newTenant(): Promise<Tenant> {
  const browser = new Browser();
  const email = `owner-${crypto.randomUUID()}@tenant.example`;
  await browser.signIn(email);
  const { workspace } = MeView.parse(await (await browser.fetch("/v1/me")).json());
  const number = aNumber(workspace.id);
  await asSystem((tx) => tx.numbers.claim(number));
  const keys = { read: await mint(browser, "read"), write: await mint(browser, "write") };
  return {
    browser,
    email,
    workspaceId: workspace.id,
    numberId: number.id,
    e164: number.e164,
    keys,
    call: (path, { scope = "write", json, ...init } = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${keys[scope]}`);
      if (json !== undefined) headers.set("content-type", "application/json");
      return request(path, { ...init, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
    },
  };
}

async function mint(browser: Browser, scope: "read" | "write"): Promise<string> {
  const created = await browser.json("/v1/api-keys", "POST", { name: `A ${scope} key`, scope });
  return CreatedApiKey.parse(await created.json()).key;
}
