import { askForSignInLink, newSecret, openSession, type SignUp } from "@earwitness/core";
import { type Id, newId, type UserId, uuidOf, type WorkspaceId } from "@earwitness/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { aWorkspace } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const anybody = () => `${crypto.randomUUID()}@northgate.example`;
const soon = () => new Date(Date.now() + 60_000);

/** Signs a newcomer in whose address is proven. */
function signIn(signUp: SignUp, email: string) {
  const id = newId("user");
  const opened = openSession(record.context(), {
    user: { add: { id, email, name: null, emailVerifiedAt: new Date() } },
    account: { provider: "google", providerAccountId: `of-${email}` },
    method: "google",
    tokenSha256: newSecret(),
    expiresAt: soon(),
    userAgent: "A browser",
    ipAddress: "203.0.113.7",
    signUp,
  });
  return opened.then((session) => ({ ...session, id }));
}

/** Signs somebody in who is known. */
function signInAgain(signUp: SignUp, id: UserId) {
  return openSession(record.context(), {
    user: { id },
    account: null,
    method: "email",
    tokenSha256: newSecret(),
    expiresAt: soon(),
    userAgent: null,
    ipAddress: null,
    signUp,
  });
}

async function invite(email: string, changed: { expiresAt?: Date; revokedAt?: Date; acceptedAt?: Date } = {}) {
  const workspaceId = await aWorkspace(record.database);
  const invitation = {
    id: newId("invitation"),
    workspaceId,
    email,
    role: "agent",
    tokenSha256: newSecret(),
    invitedBy: null,
    createdAt: new Date(),
    expiresAt: soon(),
    acceptedAt: null,
    revokedAt: null,
    ...changed,
  } as const;
  await record.context().unitOfWork((tx) => tx.invitations.save(invitation));
  return workspaceId;
}

const workspacesOf = (id: UserId) => record.rows("select role from memberships where user_id = $1", [uuidOf(id)]);
const mailsTo = (email: string) => record.rows("select kind, state, about from mails where to_address = $1", [email]);

async function ask(signUp: SignUp, email: string): Promise<number> {
  const asked = { tokenSha256: newSecret(), expiresAt: soon(), callbackUrl: null, signUp };
  await askForSignInLink(record.context(), { email, mailId: newId("mail"), ...asked });
  const tokens = await record.rows("select 1 from verification_tokens where identifier = $1", [email]);
  const mails = await mailsTo(email);
  expect(tokens).toHaveLength(mails.length);
  return mails.length;
}

describe("where only who is invited may sign in", () => {
  test("whoever comes first of all owns the deployment; of two at once, one", async () => {
    expect(await ask("invited", anybody())).toBe(1);
    const comers = await Promise.allSettled([1, 2, 3].map(() => signIn("invited", anybody())));
    const [founder, ...others] = comers.flatMap((comer) => (comer.status === "fulfilled" ? [comer.value] : []));
    expect(others).toEqual([]);
    expect(founder?.workspaceMade).toBe(true);
    expect(founder && (await workspacesOf(founder.id))).toEqual([{ role: "owner" }]);
    const refused = comers.flatMap((comer) => (comer.status === "rejected" ? [comer.reason] : []));
    expect(refused).toMatchObject([{ code: "forbidden" }, { code: "forbidden" }]);
  });

  test("a stranger is refused, leaves no trace, and is mailed nothing", async () => {
    const email = anybody();
    await expect(signIn("invited", email)).rejects.toMatchObject({ code: "forbidden" });
    expect(await record.rows("select 1 from users where email = $1", [email])).toEqual([]);
    expect(await record.rows("select 1 from accounts where provider_account_id = $1", [`of-${email}`])).toEqual([]);
    expect(await ask("invited", email)).toBe(0);
  });

  test("who is invited comes in, and gets no workspace but the one that awaits them", async () => {
    const email = anybody();
    await invite(email.toUpperCase().replace("@NORTHGATE.EXAMPLE", "@northgate.example"));
    expect(await ask("invited", email)).toBe(1);
    const { id, workspaceMade } = await signIn("invited", email);
    expect(workspaceMade).toBe(false);
    expect(await workspacesOf(id)).toEqual([]);
  });

  test.each([
    ["expired", { expiresAt: new Date(Date.now() - 1) }],
    ["revoked", { revokedAt: new Date() }],
    ["accepted before", { acceptedAt: new Date() }],
  ])("an invitation that is %s lets nobody in", async (_what, changed) => {
    const email = anybody();
    await invite(email, changed);
    await expect(signIn("invited", email)).rejects.toMatchObject({ code: "forbidden" });
    expect(await ask("invited", email)).toBe(0);
  });

  test("a member comes in; one who was removed does not", async () => {
    const email = anybody();
    const { id } = await signIn("open", email);
    expect(await ask("invited", email)).toBe(1);
    await expect(signInAgain("invited", id)).resolves.toMatchObject({ workspaceMade: false });
    await record.rows("delete from memberships where user_id = $1", [uuidOf(id)]);
    await expect(signInAgain("invited", id)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("where everybody may sign in", () => {
  test("a newcomer gets a workspace, except where an invitation waits for them", async () => {
    expect((await signIn("open", anybody())).workspaceMade).toBe(true);
    const awaited = anybody();
    await invite(awaited);
    expect((await signIn("open", awaited)).workspaceMade).toBe(false);
  });
});

describe("a session", () => {
  let workspaceId: WorkspaceId;
  let sessionId: Id<"session">;
  let userId: UserId;
  beforeAll(async () => {
    const opened = await signIn("open", anybody());
    sessionId = opened.sessionId;
    userId = opened.id;
    const [membership] = await record.context().unitOfWork((tx) => tx.users.memberships(opened.id));
    if (membership === undefined) throw new Error("The newcomer has no workspace.");
    workspaceId = membership.workspaceId;
  });

  test("says by which way it was opened, in which browser and from where", async () => {
    const [session] = await record.rows("select method, user_agent, ip_address from sessions where id = $1", [
      uuidOf(sessionId),
    ]);
    expect(session).toEqual({ method: "google", user_agent: "A browser", ip_address: "203.0.113.7" });
  });

  test("stands in the audit log as its person's doing", async () => {
    const entries = await record.rows("select action, actor_id, object_id from audit_entries where workspace_id = $1", [
      uuidOf(workspaceId),
    ]);
    expect(entries).toContainEqual({ action: "session.opened", actor_id: userId, object_id: sessionId });
  });
});

test("an account is one person's alone", async () => {
  const account = { provider: "github", providerAccountId: "42" } as const;
  const [ana, ben] = [await signIn("open", anybody()), await signIn("open", anybody())];
  const { unitOfWork } = record.context();
  await unitOfWork((tx) => tx.accounts.add(ana.id, account));
  await expect(unitOfWork((tx) => tx.accounts.add(ben.id, account))).rejects.toMatchObject({ code: "conflict" });
  expect((await unitOfWork((tx) => tx.accounts.userOf(account)))?.id).toBe(ana.id);
  expect(await unitOfWork((tx) => tx.accounts.remove(ben.id, "github"))).toBe(false);
  expect(await unitOfWork((tx) => tx.accounts.remove(ana.id, "github"))).toBe(true);
});
