import { projectRoom } from "@earwitness/core";
import { newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { listAuditEntries } from "../src/index.ts";
import { ScriptedRoom, wholeCall } from "./support/a-room.ts";
import { aWorkspace, userOf } from "./support/factories.ts";
import { useDatabase } from "./support/use-database.ts";

const record = useDatabase();

test("who listens to a call on the line comes into the audit log with the call's facts, once", async () => {
  const workspaceId = await aWorkspace(record.database);
  const [person, key] = [newId("user"), newId("apiKey")];
  const at = "2026-11-21T09:00:05.000Z";
  const room = new ScriptedRoom(4);
  room.tell(...wholeCall({ workspaceId }));
  for (const by of [person, key]) room.tell({ type: "call.steered", at, by, action: "listen", detail: null });
  room.tell({ type: "call.steered", at, by: person, action: "hold", detail: null });
  for (let times = 0; times < 2; times += 1) await projectRoom(record.context(), room, room.name);

  const { entries } = await record.database.read(userOf(workspaceId), (scope) =>
    listAuditEntries(scope, { filter: { action: "call.listened" }, before: null, limit: 10 }),
  );
  expect(entries.map(({ actor, object, details }) => ({ ...actor, object: object.id, details }))).toEqual([
    { kind: "apiKey", id: key, name: null, object: room.callId, details: { beganAt: at } },
    { kind: "user", id: person, name: null, object: room.callId, details: { beganAt: at } },
  ]);
});
