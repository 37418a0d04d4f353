import type { Action } from "@earwitness/shared";

/** The matters of the settings, in their order; each is for those who may `needs`. The id is the address's fragment. */
export const SECTIONS = [
  { id: "profile", name: "Profile and devices", needs: "me:read" },
  { id: "members", name: "Members and roles", needs: "members:read" },
  { id: "numbers", name: "Numbers", needs: "numbers:read" },
  { id: "api-keys", name: "API keys", needs: "api-keys:manage" },
  { id: "workspace", name: "Workspace", needs: "workspace:read" },
  { id: "retention", name: "Retention and holds", needs: "workspace:change" },
  { id: "trash", name: "Trash", needs: "calls:delete" },
  { id: "exports", name: "Exports and imports", needs: "exports:make" },
  { id: "audit-log", name: "Audit log", needs: "audit:read" },
] as const satisfies readonly { id: string; name: string; needs: Action }[];

export type SectionId = (typeof SECTIONS)[number]["id"];

/** The section that an address's fragment names; the first where it names none. */
export function sectionOf(fragment: string): SectionId {
  return SECTIONS.find(({ id }) => `#${id}` === fragment)?.id ?? SECTIONS[0].id;
}
