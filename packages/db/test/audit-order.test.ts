import { openSession, sha256Hex } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { aWorkspace, system } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

test("people of the same workspaces sign in at once, and no transaction waits for one that waits for it", async () => {
  const workspaces = [await aWorkspace(record.database), await aWorkspace(record.database)];
  const people = [newId("user"), newId("user")];
  await record.database.unitOfWork(system)(async (tx) => {
    for (const id of people) {
      await tx.users.add({ id, email: `${id}@people.example`, name: null, emailVerifiedAt: null });
    }
  });
  // Each joined them in another order, and that is how a person's workspaces come.
  for (const [index, userId] of people.entries()) {
    for (const workspaceId of index === 0 ? workspaces : workspaces.toReversed()) {
      await record.database.unitOfWork(system)((tx) => tx.workspaces.addMember({ workspaceId, userId, role: "agent" }));
    }
  }
  const signIns = Array.from({ length: 20 }, async (_, i) =>
    openSession(record.context(), {
      user: { id: people[i % 2] ?? newId("user") },
      account: null,
      method: "email",
      tokenSha256: await sha256Hex(`token ${i}`),
      expiresAt: new Date("2027-01-01T00:00:00Z"),
      userAgent: null,
      ipAddress: null,
      signUp: "invited",
    }),
  );
  await expect(Promise.all(signIns)).resolves.toHaveLength(20);
});
