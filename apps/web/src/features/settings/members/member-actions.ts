import type { Action, MemberView, Role } from "@earwitness/shared";
import { CircleArrowRight, DoorOpen, Hash, type LucideIcon, Pause, Play, UserRoundMinus } from "lucide-react";

/** What can be done about somebody besides giving another role. */
export type MemberAsk = "numbers" | "suspend" | "let-back-in" | "remove" | "leave" | "transfer";

/** What is asked about before it is done: all of the above that takes something away, or a role that changes who rules here. */
export type MemberQuestion = Exclude<MemberAsk, "let-back-in"> | { role: Role };

export interface MemberAction {
  key: MemberAsk;
  label: string;
  icon: LucideIcon;
}

export interface AboutMember {
  member: Pick<MemberView, "role" | "suspendedAt">;
  isSelf: boolean;
  isLastOwner: boolean;
  may: (action: Action) => boolean;
}

/** What whoever looks may do about somebody; what would be refused is left out. */
export function memberActions({ member, isSelf, isLastOwner, may }: AboutMember): MemberAction[] {
  const mayManage = may("members:manage") && (member.role !== "owner" || may("owners:manage"));
  const actions: (MemberAction | false)[] = [
    mayManage && member.role === "agent" && { key: "numbers", label: "Numbers they answer at…", icon: Hash },
    may("owners:manage") &&
      !isSelf &&
      member.suspendedAt === null && { key: "transfer", label: "Make owner instead of you…", icon: CircleArrowRight },
    mayManage && !isSelf && member.suspendedAt === null && { key: "suspend", label: "Suspend…", icon: Pause },
    mayManage && member.suspendedAt !== null && { key: "let-back-in", label: "Let back in", icon: Play },
    mayManage && !isSelf && { key: "remove", label: "Remove…", icon: UserRoundMinus },
    isSelf && !isLastOwner && { key: "leave", label: "Leave the workspace…", icon: DoorOpen },
  ];
  return actions.filter((action) => action !== false);
}
