import { Action, newId, type Role } from "@earwitness/shared";
import { describe, expect, test } from "vitest";
import { authorize, PERMISSIONS } from "../../src/identity/permissions.ts";

const workspaceId = newId("workspace");
const person = (role: Role) =>
  ({ kind: "user", userId: newId("user"), workspaceId, role, sees: "all", sessionId: newId("session") }) as const;
const key = (scope: "read" | "write") => ({ kind: "apiKey", keyId: newId("apiKey"), workspaceId, scope }) as const;

/** Who may do each thing, as people would say it. */
const MAY: Record<Action, string> = {
  "calls:read": "owner admin supervisor agent viewer read-key write-key",
  "calls:place": "owner admin supervisor agent write-key",
  "calls:hangup": "owner admin supervisor agent write-key",
  "calls:steer": "owner admin supervisor agent write-key",
  "calls:listen": "owner admin supervisor agent read-key write-key",
  "notes:write": "owner admin supervisor agent write-key",
  "members:read": "owner admin supervisor agent viewer read-key write-key",
  "me:change": "owner admin supervisor agent viewer",
  "recordings:retry": "owner admin supervisor agent write-key",
  "transcripts:retry": "owner admin supervisor agent write-key",
  "numbers:read": "owner admin supervisor agent viewer read-key write-key",
  "numbers:change": "owner admin write-key",
  "checks:run": "owner admin supervisor agent viewer read-key write-key",
  "members:manage": "owner admin",
  "owners:manage": "owner",
  "workspace:read": "owner admin supervisor agent viewer read-key write-key",
  "workspace:change": "owner admin",
  "workspaces:create": "owner admin",
  "tokens:exchange": "read-key write-key",
  "audit:read": "owner admin",
  "uploads:write": "owner admin supervisor agent write-key",
  "calls:delete": "owner admin write-key",
  "holds:manage": "owner admin",
  "exports:make": "owner admin supervisor write-key",
  "imports:run": "owner admin write-key",
  "jobs:read": "owner admin supervisor agent viewer read-key write-key",
  "jobs:cancel": "owner admin supervisor agent write-key",
  "ops:read": "owner admin read-key write-key",
  "ops:act": "owner admin write-key",
  "api-keys:manage": "owner admin",
  "me:read": "owner admin supervisor agent viewer",
};

const ACTORS = {
  owner: person("owner"),
  admin: person("admin"),
  supervisor: person("supervisor"),
  agent: person("agent"),
  viewer: person("viewer"),
  "read-key": key("read"),
  "write-key": key("write"),
};

describe("who may", () => {
  test("is said for every action", () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(MAY).sort());
  });

  test.each(Action.options)("%s", (action) => {
    const allowed = Object.entries(ACTORS).filter(([, actor]) => {
      try {
        authorize(actor, action);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: "forbidden" });
        return false;
      }
    });
    expect(allowed.map(([name]) => name).join(" ")).toBe(MAY[action]);
  });
});
