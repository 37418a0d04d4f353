import { forgetExpired } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { aWorkspace, system, userOf } from "./support/factories.ts";
import { movableClock, useDatabase } from "./support/use-database.ts";

const record = useDatabase();

test("what is past its time is forgotten, and what is alive stays", async () => {
  const clock = movableClock(new Date());
  const user = { ...userOf(await aWorkspace(record.database)), email: `${newId("user")}@test.example` };
  const now = clock.now().getTime();
  await record.database.unitOfWork(system)(async (tx) => {
    await tx.users.add({ id: user.userId, email: user.email, name: null, emailVerifiedAt: null });
    for (const [name, minutes] of [
      ["old", -1],
      ["alive", 1],
    ] as const) {
      const expiresAt = new Date(now + minutes * 60_000);
      const browser = { method: "email", userAgent: null, ipAddress: null } as const;
      await tx.sessions.add({ tokenSha256: name, userId: user.userId, expiresAt, ...browser });
      await tx.sessions.addSignInToken({ identifier: user.email, tokenSha256: name, expiresAt });
    }
  });
  const kept = { requestSha256: "0", body: {} };
  await record.database.unitOfWork(user)((tx) => tx.idempotency.keep("a-key-of-today", kept));

  await record.rows(
    `insert into idempotency_keys select workspace_id, 'a-key-of-yesterday', request_sha256, body, created_at - interval '25 hours'
     from idempotency_keys`,
  );

  await forgetExpired(record.context(clock));
  expect(await record.rows("select token_sha256 from sessions")).toEqual([{ token_sha256: "alive" }]);
  expect(await record.rows("select token_sha256 from verification_tokens")).toEqual([{ token_sha256: "alive" }]);
  expect(await record.rows("select key from idempotency_keys")).toEqual([{ key: "a-key-of-today" }]);
});
