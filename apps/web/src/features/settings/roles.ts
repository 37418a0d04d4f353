import type { Role } from "@earwitness/shared";

/** The roles, most may first, and what each may in plain words. The server decides (core/identity/permissions); this tells. */
export const ROLES: readonly { role: Role; name: string; may: string }[] = [
  {
    role: "owner",
    name: "Owner",
    may: "Everything, and names other owners. A workspace always has one.",
  },
  {
    role: "admin",
    name: "Admin",
    may: "Invites and removes people, changes numbers, settings and API keys, reads the audit log.",
  },
  {
    role: "supervisor",
    name: "Supervisor",
    may: "Sees every call, listens in, steers, calls and takes notes. Changes no settings.",
  },
  {
    role: "agent",
    name: "Agent",
    may: "Calls, and sees their own calls and those of the numbers that they answer at.",
  },
  {
    role: "viewer",
    name: "Viewer",
    may: "Sees every call, listens to recordings and reads the words. Changes nothing.",
  },
];

/** The name of a role, as it stands alone: `Owner`. */
export function roleName(role: Role): string {
  return ROLES.find((each) => each.role === role)?.name ?? role;
}

/** The role with its article, within a sentence: `an agent`. */
export function aRole(role: Role): string {
  return `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;
}
