import { linkToken } from "@earwitness/core";
import { mails } from "@earwitness/db/schema";
import { MeView, type Role, type UserId } from "@earwitness/shared";
import { and, desc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { API_BINDINGS } from "./api-bindings.ts";
import { Browser } from "./browser.ts";
import { readRows } from "./database.ts";
import { present } from "./expect-value.ts";
import type { Tenant } from "./tenant.ts";

/** Somebody of a tenant's workspace, in a browser of their own. */
export interface Colleague {
  readonly browser: Browser;
  readonly userId: UserId;
  readonly email: string;
}

/** The token in the newest invitation mail to an address, as the jobs worker would write it. */
export async function invitationTokenTo(email: string): Promise<string> {
  const [mail] = await readRows(({ db }) =>
    db
      .select()
      .from(mails)
      .where(and(eq(mails.to, email), eq(mails.kind, "invitation")))
      .orderBy(desc(mails.id))
      .limit(1),
  );
  return linkToken(API_BINDINGS.LINK_SECRET, "invitation", present(mail).id);
}

/** Invites somebody new into the tenant's workspace and has them come: by mail, from the invitation to the workspace. */
export async function newColleague(tenant: Tenant, role: Exclude<Role, "owner">): Promise<Colleague> {
  const email = `${role}-${crypto.randomUUID()}@tenant.example`;
  expect((await tenant.browser.json("/v1/invitations", "POST", { email, role })).status).toBe(201);
  const token = await invitationTokenTo(email);
  const browser = new Browser();
  await browser.signIn(email);
  const accepted = await browser.json("/v1/invitations/accept", "POST", { token });
  expect(accepted.status).toBe(200);
  const me = MeView.parse(await accepted.json());
  expect(me).toMatchObject({ role, workspace: { id: tenant.workspaceId } });
  return { browser, userId: me.user.id, email };
}
