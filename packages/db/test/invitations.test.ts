import type { Mail, PersonActor, UserActor } from "@earwitness/core";
import { acceptInvitation, INVITATION_DAYS, invite, linkToken, revokeInvitation, sendMail } from "@earwitness/core";
import { type InvitationId, idFromUuid, newId, uuidOf as uuid, type WorkspaceId } from "@earwitness/shared";
import { beforeEach, describe, expect, test } from "vitest";
import { listInvitations, previewInvitation } from "../src/index.ts";
import { aMember, aWorkspace, contextOf, system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const linkSecret = "link-secret-of-the-test";
const NOW = new Date();
const DAY_MS = 24 * 60 * 60_000;

let workspaceId: WorkspaceId;
let admin: UserActor;
let email: string;
beforeEach(async () => {
  workspaceId = await aWorkspace(record.database);
  admin = await aMember(record.database, workspaceId, "admin");
  email = `invited-${crypto.randomUUID()}@test.example`;
});

const inviteThem = async (role: "agent" | "viewer" = "agent", as = admin) =>
  (await invite(contextOf(record, as, NOW), { linkSecret }, { email, role })).id;
const later = (days: number) => ({ now: () => new Date(NOW.getTime() + days * DAY_MS) });
const asSystem = (days = 0) => record.context(later(days));
const accept = (person: PersonActor, token: string, days = 0) => acceptInvitation(asSystem(days), person, token);

/** The tokens in the mails to the address, newest first, as the job would write them. */
async function tokens(): Promise<string[]> {
  const mails = await record.rows("select id from mails where to_address = $1 order by id desc", [email]);
  return Promise.all(mails.map(({ id }) => linkToken(linkSecret, "invitation", mailIdOf(String(id)))));
}
async function newestToken(): Promise<string> {
  const [token] = await tokens();
  if (token === undefined) throw new Error("No mail was asked for.");
  return token;
}

/** Somebody who has signed in by an address, and belongs nowhere. */
async function aPerson(address = email, isVerified = true): Promise<PersonActor> {
  const userId = newId("user");
  const sessionId = await record.database.unitOfWork(system)(async (tx) => {
    await tx.users.add({ id: userId, email: address, name: null, emailVerifiedAt: isVerified ? NOW : null });
    return tx.sessions.add({
      tokenSha256: crypto.randomUUID(),
      userId,
      expiresAt: new Date(NOW.getTime() + 400 * DAY_MS),
      method: "email",
      userAgent: null,
      ipAddress: null,
    });
  });
  return { kind: "person", userId, sessionId };
}

const places = (userId: PersonActor["userId"]) =>
  record.rows("select role from memberships where workspace_id = $1 and user_id = $2", [
    uuid(workspaceId),
    uuid(userId),
  ]);
const joined = () =>
  record.rows("select actor_id from audit_entries where workspace_id = $1 and action = 'member.joined'", [
    uuid(workspaceId),
  ]);

describe("an invitation", () => {
  test("takes who has the address into the workspace, and their browser with them", async () => {
    await inviteThem("viewer");
    const person = await aPerson(email.toUpperCase());
    expect(await accept(person, await newestToken())).toEqual({
      kind: "user",
      userId: person.userId,
      sessionId: person.sessionId,
      workspaceId,
      role: "viewer",
      sees: "all",
    });
    const [session] = await record.rows("select workspace_id, rotate_after from sessions where user_id = $1", [
      uuid(person.userId),
    ]);
    expect(session).toEqual({ workspace_id: uuid(workspaceId), rotate_after: expect.any(Date) });
    expect(await joined()).toEqual([{ actor_id: person.userId }]);
  });

  test("accepted twice, also at once, is accepted once", async () => {
    await inviteThem();
    const person = await aPerson();
    const token = await newestToken();
    const answers = await Promise.all([1, 2, 3].map(() => accept(person, token)));
    expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
    expect(await places(person.userId)).toEqual([{ role: "agent" }]);
    expect(await joined()).toHaveLength(1);
  });

  test("is for nobody else, and tells them no more of the address than its owner knows", async () => {
    await inviteThem();
    const other = await aPerson(`other-${email}`);
    const refused = accept(other, await newestToken());
    await expect(refused).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("i…@test.example"),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(`for ${email}`) });
    expect(await places(other.userId)).toEqual([]);
  });

  test("is not for who has not proven the address", async () => {
    await inviteThem();
    const person = await aPerson(email, false);
    await expect(accept(person, await newestToken())).rejects.toMatchObject({ code: "forbidden" });
  });

  test("sent again works by the new mail alone, with the role as it is then", async () => {
    const first = await inviteThem("agent");
    expect(await inviteThem("viewer")).toBe(first);
    const [newToken = "", oldToken = ""] = await tokens();
    const person = await aPerson();
    await expect(accept(person, oldToken)).rejects.toMatchObject({ code: "not_found" });
    await expect(preview(oldToken)).rejects.toMatchObject({ code: "not_found" });
    expect(await preview(newToken)).toMatchObject({ role: "viewer", email });
    expect(await accept(person, newToken)).toMatchObject({ role: "viewer" });
    expect(await states()).toEqual(["accepted"]);
  });

  test("of two at once makes one that waits, whose link is in the one mail that is good", async () => {
    const ids = await Promise.all([1, 2, 3].map(() => inviteThem()));
    expect(new Set(ids).size).toBe(1);
    const outcomes = await Promise.allSettled((await tokens()).map(preview));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("is over after its time, until it is sent again", async () => {
    await inviteThem();
    const token = await newestToken();
    const person = await aPerson();
    const expired = { code: "unprocessable", message: expect.stringContaining("expired") };
    await expect(accept(person, token, INVITATION_DAYS)).rejects.toMatchObject(expired);
    await expect(accept(person, token, INVITATION_DAYS - 0.01)).resolves.toMatchObject({ workspaceId });
  });

  test("taken back works no more; twice changes nothing", async () => {
    const id = await inviteThem();
    await revokeInvitation(contextOf(record, admin), id);
    await revokeInvitation(contextOf(record, admin), id);
    const revoked = { code: "unprocessable", message: expect.stringContaining("taken back") };
    await expect(accept(await aPerson(), await newestToken())).rejects.toMatchObject(revoked);
    await expect(preview(await newestToken())).rejects.toMatchObject(revoked);
    const entries = await record.rows(
      "select 1 from audit_entries where action = 'invitation.revoked' and object_id = $1",
      [id],
    );
    expect(entries).toHaveLength(1);
    expect(await states()).toEqual(["revoked"]);
  });

  test("that was accepted cannot be taken back, and lets nobody in again who was removed", async () => {
    const id = await inviteThem();
    const person = await aPerson();
    await accept(person, await newestToken());
    await expect(revokeInvitation(contextOf(record, admin), id)).rejects.toMatchObject({ code: "conflict" });
    await record.database.unitOfWork(system)((tx) => tx.members.remove({ workspaceId, userId: person.userId }));
    await expect(accept(person, await newestToken())).rejects.toMatchObject({ code: "unprocessable" });
    expect(await places(person.userId)).toEqual([]);
  });

  test("is made by who may, for who is not in the workspace yet", async () => {
    const agent = await aMember(record.database, workspaceId, "agent");
    await expect(inviteThem("viewer", agent)).rejects.toMatchObject({ code: "forbidden" });
    await inviteThem();
    await accept(await aPerson(), await newestToken());
    await expect(inviteThem()).rejects.toMatchObject({ code: "conflict" });
  });

  test("is one of so many that may wait in a workspace", async () => {
    await record.rows(
      `insert into invitations (id, workspace_id, email, role, token_sha256, expires_at)
       select gen_random_uuid(), $1, n || '@test.example', 'agent', gen_random_uuid()::text, now() from generate_series(1, 199) n`,
      [uuid(workspaceId)],
    );
    const first = await inviteThem();
    expect(await inviteThem()).toBe(first);
    email = `one-more-${email}`;
    await expect(inviteThem()).rejects.toMatchObject({ code: "conflict" });
    await revokeInvitation(contextOf(record, admin), first);
    await expect(inviteThem()).resolves.toBeDefined();
  });

  test("of another workspace is not found", async () => {
    const id: InvitationId = await inviteThem();
    const stranger = await aMember(record.database, await aWorkspace(record.database), "owner");
    await expect(revokeInvitation(contextOf(record, stranger), id)).rejects.toMatchObject({ code: "not_found" });
    expect(await record.database.read(stranger, listInvitations)).toEqual([]);
  });
});

describe("the mail", () => {
  test("names who invites where, with the token after #, and nothing of it in the record", async () => {
    await inviteThem("viewer");
    const [sent] = await sendMails();
    expect(sent).toMatchObject({ to: email, subject: expect.stringContaining("Test on Earwitness") });
    const link = new URL(/https:\S+/.exec(sent?.text ?? "")?.[0] ?? "");
    expect(link.origin + link.pathname + link.search).toBe("https://app.test/invitation");
    expect(new URLSearchParams(link.hash.slice(1)).get("token")).toBe(await newestToken());
    expect(sent?.html).toContain(link.href);
    expect(sent?.text).toContain("7 days");
    const token = await newestToken();
    for (const table of ["mails", "invitations", "jobs", "outbox", "audit_entries"]) {
      const rows = await record.rows(`select 1 from ${table} t where t::text like $1`, [`%${token}%`]);
      expect(rows, table).toEqual([]);
    }
  });

  test("is not sent for an invitation that was sent again or taken back meanwhile", async () => {
    const id = await inviteThem();
    await inviteThem();
    await expect(sendMails()).rejects.toMatchObject({ code: "unprocessable", retryable: false });
    await revokeInvitation(contextOf(record, admin), id);
    await record.rows(
      "delete from mails where id <> (select id from mails where to_address = $1 order by id desc limit 1) and to_address = $1",
      [email],
    );
    await expect(sendMails()).rejects.toMatchObject({ code: "unprocessable", retryable: false });
  });
});

const preview = (token: string) =>
  record.database.read({ kind: "visitor" }, (scope) => previewInvitation({ ...scope, clock: later(0) }, token));
const states = async () => (await record.database.read(admin, listInvitations)).map(({ state }) => state);

/** Sends what was asked for, oldest first. */
async function sendMails(): Promise<Mail[]> {
  const out: Mail[] = [];
  const mailer = {
    async send(mail: Mail) {
      out.push(mail);
      return { kind: "sent" as const, providerMailId: mail.key };
    },
  };
  const ports = { mailer, mailLinks: { appOrigin: "https://app.test", linkSecret } };
  const asked = await record.rows("select id from mails where to_address = $1 order by id", [email]);
  for (const { id } of asked) await sendMail(asSystem(), ports, mailIdOf(String(id)));
  return out;
}

const mailIdOf = (id: string) => idFromUuid("mail", id);
