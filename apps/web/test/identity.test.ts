import { type AuditAction, newId, Role, type WorkspaceView } from "@earwitness/shared";
import { expect, test, vi } from "vitest";
import { readAuditFilters, writeAuditFilters } from "../src/api/audit.ts";
import { signInAddress } from "../src/api/sign-in-address.ts";
import { keepToken, keptToken, tokenIn } from "../src/features/invitation/kept-token.ts";
import { ACTION_WORDS, AUDIT_ACTIONS, whatWords } from "../src/features/settings/audit/audit-words.ts";
import { callOf, detailLines, stretchWords } from "../src/features/settings/audit/entry-details.ts";
import { memberActions } from "../src/features/settings/members/member-actions.ts";
import { deviceName } from "../src/features/settings/profile/device-name.ts";
import { aRole, ROLES } from "../src/features/settings/roles.ts";
import { sectionOf } from "../src/features/settings/sections.ts";
import { changesOf, draftOf, wrongWith } from "../src/features/settings/workspace/workspace-draft.ts";
import { dayAndTime } from "../src/format/time.ts";

const workspace: WorkspaceView = {
  id: newId("workspace"),
  name: "Northgate Heating",
  createdAt: "2026-11-19T09:00:00.000Z",
  agentsSeeAllCalls: false,
  announcement: "This call is recorded.",
  language: "en",
  keyTerms: ["E3"],
  retentionDays: 365,
  retention: { recordings: 365, transcripts: 365, calls: null },
  allowedOrigins: [],
  version: 4,
};

test("an untouched workspace draft changes nothing, and only what was touched is sent", () => {
  expect(changesOf(workspace, draftOf(workspace))).toEqual({});
  const draft = {
    ...draftOf(workspace),
    allowedOrigins: "https://crm.example.com\n",
    announcement: "",
  };
  expect(changesOf(workspace, draft)).toEqual({
    allowedOrigins: ["https://crm.example.com"],
    announcement: null,
  });
});

test.each([
  ["https://crm.example.com", true],
  ["http://localhost:3000", true],
  ["https://crm.example.com/", false],
  ["https://crm.example.com/app", false],
  ["crm.example.com", false],
  ["ftp://crm.example.com", false],
])("%s as an origin: %s", (origin, isOne) => {
  expect(wrongWith({ ...draftOf(workspace), allowedOrigins: origin }).allowedOrigins === undefined).toBe(isOne);
});

test("every role is told of, in the contract's order", () => {
  expect(ROLES.map(({ role }) => role)).toEqual(Role.options);
  expect([aRole("owner"), aRole("viewer")]).toEqual(["an owner", "a viewer"]);
});

const everything = () => true;
const about = (role: "owner" | "agent", more: object = {}) => ({
  member: { role, suspendedAt: null },
  isSelf: false,
  isLastOwner: false,
  may: everything,
  ...more,
});
const keysOf = (actions: ReturnType<typeof memberActions>) => actions.map(({ key }) => key);

test("an owner can do everything about an agent", () => {
  expect(keysOf(memberActions(about("agent")))).toEqual(["numbers", "transfer", "suspend", "remove"]);
});

test("an admin can do nothing about an owner", () => {
  expect(memberActions(about("owner", { may: (action: string) => action !== "owners:manage" }))).toEqual([]);
});

test("the last owner cannot leave, and nobody suspends or removes themselves", () => {
  expect(memberActions(about("owner", { isSelf: true, isLastOwner: true }))).toEqual([]);
  expect(keysOf(memberActions(about("owner", { isSelf: true })))).toEqual(["leave"]);
});

test("who is suspended can be let back in or removed", () => {
  const member = { role: "agent", suspendedAt: "2026-11-19T09:00:00.000Z" } as const;
  expect(keysOf(memberActions(about("agent", { member })))).toEqual(["numbers", "let-back-in", "remove"]);
});

test("a browser is named by what it says of itself", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  expect(deviceName(chrome)).toBe("Chrome on Linux");
  expect([deviceName(null), deviceName(" ")]).toEqual([null, null]);
});

test("an address's fragment names the section; what it does not know is the first", () => {
  expect([sectionOf("#audit-log"), sectionOf(""), sectionOf("#nonsense")]).toEqual(["audit-log", "profile", "profile"]);
});

test("the log's filters survive their address, and nonsense is left out", () => {
  const filters = {
    when: { name: "7d" },
    actorId: newId("user"),
    action: "member.changed",
    objectId: newId("apiKey"),
  } as const;
  const address = new URLSearchParams(writeAuditFilters(filters));
  expect(readAuditFilters(address, AUDIT_ACTIONS)).toEqual(filters);
  const nonsense = new URLSearchParams("actor=<script>&action=call.eaten&object=1&when=soon");
  expect(writeAuditFilters(readAuditFilters(nonsense, AUDIT_ACTIONS))).toBe("");
});

test("every kind of entry is said in words of its own", () => {
  const names = AUDIT_ACTIONS.map((action) => ACTION_WORDS[action].name);
  expect(new Set(names).size).toBe(names.length);
});

test("an entry says which seconds were played, of which call", () => {
  const entry = {
    action: "recording.served" as const,
    object: { kind: "recording", id: "rec_1" },
    details: { callId: "call_1", fromMs: 12_000, toMs: 34_900 },
  };
  expect([stretchWords(entry), callOf(entry), detailLines(entry)]).toEqual(["0:12 to 0:34", "call_1", []]);
  expect(stretchWords({ details: { fromMs: 0, toMs: null } })).toBe("0:00 to its end");
  expect(stretchWords({ details: {} })).toBeNull();
});

test("an entry says what was before and what is now", () => {
  const details = { retentionDays: { before: null, after: 90 }, agentsSeeAllCalls: { before: false, after: true } };
  expect(detailLines({ action: "workspace.changed", details })).toEqual([
    { name: "retention days", before: "nothing", after: "90" },
    { name: "agents see all calls", before: "off", after: "on" },
  ]);
});

test("an entry’s instants and inner names are told as people say them", () => {
  const expiresAt = "2027-02-19T18:41:23.244Z";
  expect(detailLines({ action: "api_key.created", details: { name: "Dispatch board", expiresAt } })).toEqual([
    { name: "good until", before: null, after: dayAndTime(expiresAt, new Date()) },
  ]);
  const found = { object: { kind: "number", id: "num_1" }, details: { e164: "+12125550100" } };
  expect(whatWords({ ...found, action: "numbers.synced" }, (id) => id)).toBe("and found +12125550100");
});

test("an entry's sentence holds what was done to whom, and the lines below do not repeat it", () => {
  const nameOf = (id: string) => (id === "usr_1" ? "Marco Ruiz" : id);
  const entry = (action: AuditAction, details: Record<string, unknown> = {}, id = "usr_1") => {
    const made = { action, object: { kind: "any", id }, details };
    return `${ACTION_WORDS[action].did} ${whatWords(made, nameOf)}; ${detailLines(made).length}`;
  };
  expect([
    entry("member.invited", { email: "ruth@example.com", role: "agent", isAgain: true }),
    entry("member.changed", { role: { before: "agent", after: "admin" } }),
    entry("workspace.ownership_transferred", { from: "usr_2", to: "usr_1", roleBefore: "admin" }, "ws_1"),
    entry("session.opened", { method: "google" }),
    entry("member.left", { email: "tom@example.com", role: "agent" }),
  ]).toEqual([
    "invited ruth@example.com as agent again; 0",
    "changed what is set for Marco Ruiz; 1",
    "handed the workspace over to Marco Ruiz; 1",
    "signed in by Google; 0",
    "left the workspace null; 1",
  ]);
});

test("who was signed out is told so at the door, who never was in is not", () => {
  const here = { pathname: "/settings", search: "" };
  expect(signInAddress(here, true)).toBe("/login?signed-out=1&next=%2Fsettings");
  expect(signInAddress({ pathname: "/calls", search: "" }, true)).toBe("/login?signed-out=1");
  expect(signInAddress({ pathname: "/calls", search: "" })).toBe("/login");
});

test("an invitation's token is kept for an hour, and nothing else is taken for one", () => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  const token = "a".repeat(64);
  expect([tokenIn(`#token=${token}`), tokenIn("#token=short"), tokenIn("#token=<script>alert(1)</script>")]).toEqual([
    token,
    null,
    null,
  ]);
  keepToken(token, 1_000);
  expect([keptToken(2_000), keptToken(1_000 + 3_600_000)]).toEqual([token, null]);
  stored.set("invitation", "nonsense");
  expect(keptToken(2_000)).toBeNull();
  vi.unstubAllGlobals();
});
