"use client";
import type { MemberView, Role } from "@earwitness/shared";
import { useMay } from "../../../api/use-may.ts";
import { Select } from "../../../ui/input.tsx";
import { ROLES, roleName } from "../roles.ts";
import styles from "./members.module.css";

export interface RoleSelectProps {
  member: MemberView;
  name: string;
  isLastOwner: boolean;
  /** The role that is being given just now; null while none is. */
  saving: Role | null;
  onChoose: (role: Role) => void;
}

/** Somebody's role; a choice for those who may give it, a word for all others. */
export function RoleSelect({ member, name, isLastOwner, saving, onChoose }: RoleSelectProps) {
  const may = useMay();
  const mayGive = may("members:manage") && (member.role !== "owner" || may("owners:manage"));
  if (!mayGive) return <span className="second">{roleName(member.role)}</span>;
  if (isLastOwner) {
    return (
      <span className="second" title="The only owner stays one: a workspace is never without.">
        Owner <span className="quiet small">(the only one)</span>
      </span>
    );
  }
  return (
    <>
      <Select
        className={styles.role}
        aria-label={`Role of ${name}`}
        aria-busy={saving !== null || undefined}
        value={saving ?? member.role}
        onChange={(event) => {
          const chosen = ROLES.find(({ role }) => role === event.currentTarget.value);
          if (chosen && saving === null) onChoose(chosen.role);
        }}
      >
        {ROLES.filter(({ role }) => role !== "owner" || may("owners:manage")).map((each) => (
          <option key={each.role} value={each.role}>
            {each.name}
          </option>
        ))}
      </Select>
      <span className="vh" role="status">
        {saving !== null && `Saving the role of ${name}`}
      </span>
    </>
  );
}
