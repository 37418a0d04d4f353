import {
  CreatedInvitation,
  InvitationList,
  InvitationPreview,
  InvitationView,
  JobView,
  MeView,
} from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { Browser, problemIn, request } from "./setup/browser.ts";
import { invitationTokenTo, newColleague } from "./setup/colleague.ts";
import { newTenant, type Tenant } from "./setup/tenant.ts";

let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant();
});

const newAddress = () => `guest-${crypto.randomUUID()}@tenant.example`;
const inviteTo = (email: string, role = "agent") => tenant.browser.json("/v1/invitations", "POST", { email, role });
const preview = (token: string) =>
  request("/v1/invitations/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
const list = async () => InvitationList.parse(await (await tenant.browser.fetch("/v1/invitations")).json()).invitations;

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser();
  await browser.signIn(email);
  return browser;
}

describe("an invitation", () => {
  test("leads from the mail into the workspace, and is told to who holds its link before they are anybody", async () => {
    const email = newAddress();
    const made = await inviteTo(email.toUpperCase(), "viewer");
    expect(made.status).toBe(201);
    const invitation = CreatedInvitation.parse(await made.json());
    expect(invitation).toMatchObject({ email, role: "viewer", state: "waiting" });
    const job = await tenant.browser.fetch(`/v1/jobs/${invitation.jobId}`);
    expect(JobView.parse(await job.json())).toMatchObject({ kind: "mail.send" });
    const token = await invitationTokenTo(email);
    expect(InvitationPreview.parse(await (await preview(token)).json())).toMatchObject({ role: "viewer", email });

    const browser = await signedIn(email);
    // Who is awaited somewhere is not given a workspace of their own meanwhile.
    expect((await browser.fetch("/v1/me")).status).toBe(403);
    const accepted = await browser.json("/v1/invitations/accept", "POST", { token });
    const me = MeView.parse(await accepted.json());
    expect(me).toMatchObject({ role: "viewer", workspace: { id: tenant.workspaceId } });
    expect(me.workspaces).toMatchObject([{ id: tenant.workspaceId, isCurrent: true }]);
    expect(await (await browser.json("/v1/invitations/accept", "POST", { token })).json()).toEqual(me);
    expect(MeView.parse(await (await browser.fetch("/v1/me")).json())).toEqual(me);
    expect((await list()).find((each) => each.email === email)?.state).toBe("accepted");
    expect((await preview(token)).status).toBe(422);
  });

  test("is accepted by no key, no stranger, no other site's page and nobody else", async () => {
    const email = newAddress();
    await inviteTo(email);
    const token = await invitationTokenTo(email);
    const path = "/v1/invitations/accept";
    const byKey = await tenant.call(path, { method: "POST", json: { token } });
    expect(byKey.status).toBe(401);
    const stranger = await new Browser().json(path, "POST", { token });
    expect(stranger.status).toBe(401);
    const invited = await signedIn(email);
    const foreign = await invited.json(path, "POST", { token }, { origin: "https://evil.test" });
    expect(foreign.status).toBe(403);

    const other = await newColleague(tenant, "viewer");
    const refused = await other.browser.json(path, "POST", { token });
    expect(refused.status).toBe(403);
    const { detail } = await problemIn(refused);
    expect(detail).toContain("g…@tenant.example");
    expect(detail).not.toContain(email);
    expect((await invited.json(path, "POST", { token })).status).toBe(200);
  });

  test("is mailed again only so often, so that nobody's mailbox is flooded", async () => {
    const email = newAddress();
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await inviteTo(i % 2 === 0 ? email : email.toUpperCase())).status);
    expect(statuses[0]).toBe(201);
    expect(statuses.at(-1)).toBe(429);
    expect((await inviteTo(newAddress())).status).toBe(201);
  });

  test("works by its newest mail alone, and not once it was taken back", async () => {
    const email = newAddress();
    await inviteTo(email);
    const old = await invitationTokenTo(email);
    const again = InvitationView.parse(await (await inviteTo(email, "viewer")).json());
    expect((await preview(old)).status).toBe(404);
    const token = await invitationTokenTo(email);
    expect((await preview(token)).status).toBe(200);
    for (let i = 0; i < 2; i++) {
      const revoked = await tenant.browser.fetch(`/v1/invitations/${again.id}`, { method: "DELETE" });
      expect(revoked.status).toBe(204);
    }
    const over = await preview(token);
    expect(over.status).toBe(422);
    expect((await problemIn(over)).detail).toContain("taken back");
  });

  test("is made for addresses, for roles below owner, by who may", async () => {
    for (const body of [
      { email: "nobody", role: "agent" },
      { email: newAddress(), role: "owner" },
      { role: "agent" },
    ]) {
      expect((await tenant.browser.json("/v1/invitations", "POST", body)).status).toBe(400);
    }
    const agent = await newColleague(tenant, "agent");
    expect((await agent.browser.json("/v1/invitations", "POST", { email: newAddress(), role: "agent" })).status).toBe(
      403,
    );
    expect((await agent.browser.fetch("/v1/invitations")).status).toBe(403);
    expect((await inviteTo(agent.email)).status).toBe(409);
  });

  test("of another workspace cannot be seen or taken back", async () => {
    const stranger = await newTenant();
    const { id } = InvitationView.parse(await (await inviteTo(newAddress())).json());
    expect((await stranger.browser.fetch(`/v1/invitations/${id}`, { method: "DELETE" })).status).toBe(404);
    const theirs = InvitationList.parse(await (await stranger.browser.fetch("/v1/invitations")).json());
    expect(theirs.invitations).toEqual([]);
  });

  test.each(["0".repeat(64), "x".repeat(16), "%00".repeat(10)])("of the token %s is none", async (token) => {
    expect((await preview(token)).status).toBe(404);
    const browser = (await newColleague(tenant, "viewer")).browser;
    expect((await browser.json("/v1/invitations/accept", "POST", { token })).status).toBe(404);
  });
});
