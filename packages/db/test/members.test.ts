import { removeMember, transferOwnership, type UserActor, updateMember } from "@earwitness/core";
import { newId, type Role, type UserId, uuidOf as uuid, type WorkspaceId } from "@earwitness/shared";
import { aNumber } from "@earwitness/testing/records";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { aMember, aWorkspace, contextOf, system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();
const as = (actor: UserActor) => contextOf(record, actor);

let workspaceId: WorkspaceId;
let owner: UserActor;
let admin: UserActor;
let agent: UserActor;
beforeEach(async () => {
  workspaceId = await aWorkspace(record.database);
  [owner, admin, agent] = await Promise.all([
    aMember(record.database, workspaceId, "owner"),
    aMember(record.database, workspaceId, "admin"),
    aMember(record.database, workspaceId, "agent"),
  ]);
});

const find = (userId: UserId) => record.database.unitOfWork(system)((tx) => tx.members.find({ workspaceId, userId }));
const roleOf = async ({ userId }: UserActor) => (await find(userId))?.role ?? null;
const livingOwners = async (id = workspaceId) => {
  const owners = await record.database.unitOfWork(system)((tx) => tx.members.withRole(id, "owner"));
  return owners.filter(({ suspendedAt }) => suspendedAt === null).length;
};
const logged = () =>
  record.rows("select action, object_id, details from audit_entries where workspace_id = $1 order by n", [
    workspaceUuid(),
  ]);
const effects = () =>
  record.rows("select kind, payload from outbox where workspace_id = $1 order by id", [workspaceUuid()]);
const workspaceUuid = () => uuid(workspaceId);

describe("a change of somebody's place", () => {
  test("is made, logged with what was before, told, and reaches each of their sessions", async () => {
    const renewed = await updateMember(as(admin), agent.userId, { role: "supervisor" });
    expect(await roleOf(agent)).toBe("supervisor");
    expect(renewed).toEqual([{ workspaceId, sessionId: agent.sessionId }]);
    expect(await logged()).toMatchObject([
      {
        action: "member.changed",
        object_id: agent.userId,
        details: { role: { before: "agent", after: "supervisor" } },
      },
    ]);
    expect(await effects()).toMatchObject([
      { kind: "session_renewed", payload: { sessionId: agent.sessionId } },
      { kind: "live", payload: { entity: "me" } },
      { kind: "live", payload: { entity: "workspace" } },
    ]);
    const [session] = await record.rows("select rotate_after from sessions where user_id = $1", [uuid(agent.userId)]);
    expect(session?.rotate_after).not.toBeNull();
  });

  test("that is none leaves no trace", async () => {
    expect(await updateMember(as(admin), agent.userId, { role: "agent", suspended: false, numberIds: [] })).toEqual([]);
    expect(await logged()).toEqual([]);
    expect(await effects()).toEqual([]);
  });

  test("suspends and lifts it again", async () => {
    await updateMember(as(admin), agent.userId, { suspended: true });
    expect((await find(agent.userId))?.suspendedAt).not.toBeNull();
    await expect(updateMember(as(agent), agent.userId, {})).rejects.toMatchObject({ code: "forbidden" });
    await updateMember(as(admin), agent.userId, { suspended: false });
    expect((await find(agent.userId))?.suspendedAt).toBeNull();
  });

  test("gives numbers of the workspace, and none of another's", async () => {
    const [ours, theirs] = [aNumber(workspaceId), aNumber(await aWorkspace(record.database))];
    await record.database.unitOfWork(system)(async (tx) => {
      await tx.numbers.claim(ours);
      await tx.numbers.claim(theirs);
    });
    const numbers = () => record.database.unitOfWork(system)((tx) => tx.members.numbersOf(agent));
    await updateMember(as(admin), agent.userId, { numberIds: [ours.id, ours.id] });
    expect(await numbers()).toEqual([ours.id]);
    const wrong = updateMember(as(admin), agent.userId, { numberIds: [ours.id, theirs.id] });
    await expect(wrong).rejects.toMatchObject({ code: "not_found" });
    expect(await numbers()).toEqual([ours.id]);
    await removeMember(as(admin), agent.userId);
    expect(await numbers()).toEqual([]);
  });

  test("is not for who may not manage members, nor about who is not in the workspace", async () => {
    await expect(updateMember(as(agent), admin.userId, { role: "viewer" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateMember(as(admin), newId("user"), { role: "viewer" })).rejects.toMatchObject({
      code: "not_found",
    });
    const other = await aWorkspace(record.database);
    const stranger = await aMember(record.database, other, "agent");
    await expect(updateMember(as(owner), stranger.userId, { role: "viewer" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("acts with the place that the actor has now, whatever their request was let in by", async () => {
    await updateMember(as(owner), admin.userId, { role: "viewer" });
    await expect(updateMember(as(admin), agent.userId, { role: "viewer" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("an owner", () => {
  test("is made, changed and removed by owners alone", async () => {
    await expect(updateMember(as(admin), admin.userId, { role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
    await updateMember(as(owner), admin.userId, { role: "owner" });
    const other = await aMember(record.database, workspaceId, "admin");
    for (const changes of [{ role: "agent" as const }, { suspended: true }, { numberIds: [newId("number")] }]) {
      await expect(updateMember(as(other), owner.userId, changes)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(removeMember(as(other), owner.userId)).rejects.toMatchObject({ code: "forbidden" });
    await removeMember(as(owner), admin.userId);
    expect(await roleOf(admin)).toBeNull();
  });

  test("stays while there is no other who may act", async () => {
    const suspended = await aMember(record.database, workspaceId, "owner");
    await updateMember(as(owner), suspended.userId, { suspended: true });
    for (const act of [
      () => updateMember(as(owner), owner.userId, { role: "admin" }),
      () => updateMember(as(owner), owner.userId, { suspended: true }),
      () => removeMember(as(owner), owner.userId),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await livingOwners()).toBe(1);
  });

  test("hands the workspace over, and is an admin after it", async () => {
    const renewed = await transferOwnership(as(owner), agent.userId);
    expect([await roleOf(owner), await roleOf(agent)]).toEqual(["admin", "owner"]);
    expect(renewed.map(({ sessionId }) => sessionId)).toEqual([agent.sessionId, owner.sessionId]);
    expect(await logged()).toMatchObject([{ action: "workspace.ownership_transferred" }]);
    await expect(transferOwnership(as(owner), admin.userId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(transferOwnership(as(agent), agent.userId)).rejects.toMatchObject({ code: "conflict" });
    await updateMember(as(agent), admin.userId, { suspended: true });
    await expect(transferOwnership(as(agent), admin.userId)).rejects.toMatchObject({ code: "conflict" });
  });

  test("and another who demote each other at once: one of them is left", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await aWorkspace(record.database);
      const [a, b] = [await aMember(record.database, id, "owner"), await aMember(record.database, id, "owner")];
      const outcomes = await Promise.allSettled([
        updateMember(as(a), b.userId, { role: "agent" }),
        updateMember(as(b), a.userId, { role: "agent" }),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(await livingOwners(id)).toBe(1);
    }
  });

  test("is there whatever people do to each other at once", async () => {
    const ROLES: readonly Role[] = ["owner", "admin", "agent"];
    const who = fc.nat({ max: 3 });
    const deed = fc.oneof(
      fc.record({ is: fc.constant("role" as const), by: who, to: who, role: fc.constantFrom(...ROLES) }),
      fc.record({ is: fc.constant("suspend" as const), by: who, to: who, on: fc.boolean() }),
      fc.record({ is: fc.constant("remove" as const), by: who, to: who }),
      fc.record({ is: fc.constant("transfer" as const), by: who, to: who }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(deed, { maxLength: 4 }), { maxLength: 3 }), async (lanes) => {
        const id = await aWorkspace(record.database);
        const roles: Role[] = ["owner", "owner", "admin", "agent"];
        const people = await Promise.all(roles.map((role) => aMember(record.database, id, role)));
        const member = (i: number) => people[i] ?? owner;
        await Promise.all(
          lanes.map(async (deeds) => {
            for (const each of deeds) {
              const [by, to] = [as(member(each.by)), member(each.to).userId];
              const done =
                each.is === "role"
                  ? updateMember(by, to, { role: each.role })
                  : each.is === "suspend"
                    ? updateMember(by, to, { suspended: each.on })
                    : each.is === "remove"
                      ? removeMember(by, to)
                      : transferOwnership(by, to);
              await done.catch((error: unknown) => {
                expect(error).toMatchObject({ code: expect.stringMatching(/^(forbidden|conflict|not_found)$/) });
              });
            }
          }),
        );
        expect(await livingOwners(id)).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe("who leaves", () => {
  test("is out, whatever their role, and logged as having left", async () => {
    const closed = await removeMember(as(agent), agent.userId);
    expect(closed).toEqual([{ workspaceId, sessionId: agent.sessionId }]);
    expect(await roleOf(agent)).toBeNull();
    expect(await logged()).toMatchObject([{ action: "member.left", object_id: agent.userId }]);
    await expect(removeMember(as(agent), agent.userId)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("takes nobody along", async () => {
    await expect(removeMember(as(agent), admin.userId)).rejects.toMatchObject({ code: "forbidden" });
    await removeMember(as(admin), agent.userId);
    expect(await logged()).toMatchObject([{ action: "member.removed", object_id: agent.userId }]);
  });
});
