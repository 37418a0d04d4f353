"use client";
import type { MemberView, Role } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { membersQuery } from "../../../api/call-queries.ts";
import { removeMember, transferOwnership, updateMember } from "../../../api/members.ts";
import { meQuery } from "../../../api/queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { goToWorkspace } from "../../workspaces/go-to-workspace.ts";
import { aRole, ROLES } from "../roles.ts";
import type { MemberQuestion } from "./member-actions.ts";
import { NumbersDialog } from "./numbers-dialog.tsx";

export interface MemberDialogProps {
  asks: MemberQuestion;
  member: MemberView;
  isSelf: boolean;
  onClose: () => void;
}

/** Asks before something is done about somebody: what it means for them, and whether it can be undone. */
export default function MemberDialog({ asks, member, isSelf, onClose }: MemberDialogProps) {
  if (asks === "numbers") return <NumbersDialog member={member} onClose={onClose} />;
  return <Question asks={asks} member={member} isSelf={isSelf} onClose={onClose} />;
}

interface Words {
  title: (name: string) => string;
  means: (name: string) => ReactNode;
  keep: string;
  act: string;
  failed: string;
}

const WORDS: Record<Exclude<Extract<MemberQuestion, string>, "numbers">, Words> = {
  suspend: {
    title: (name) => `Suspend ${name}?`,
    means: (name) =>
      `${name} is signed out of this workspace within seconds and may do nothing here. Their place, role and numbers are kept until you let them back in.`,
    keep: "Leave as it is",
    act: "Suspend",
    failed: "Nothing was suspended.",
  },
  remove: {
    title: (name) => `Remove ${name}?`,
    means: (name) =>
      `${name} loses this workspace within seconds, in every browser. Calls they placed, notes they wrote and what the audit log says of them stay. To come back they need a new invitation.`,
    keep: "Keep them",
    act: "Remove",
    failed: "Nobody was removed.",
  },
  leave: {
    title: () => "Leave this workspace?",
    means: () =>
      "You lose its calls, recordings and settings at once. What you did here stays. To come back you need a new invitation.",
    keep: "Stay",
    act: "Leave",
    failed: "You are still here.",
  },
  transfer: {
    title: (name) => `Make ${name} the owner instead of you?`,
    means: (name) => `${name} becomes an owner and you an admin, at once. Only an owner can make you one again.`,
    keep: "Stay owner",
    act: "Hand over",
    failed: "You are still the owner.",
  },
};

/** The words for giving a role: to oneself, or the highest one to somebody else. */
function roleWords(role: Role, isSelf: boolean): Words {
  const may = ROLES.find((each) => each.role === role)?.may ?? "";
  return {
    title: (name) => (isSelf ? `Become ${aRole(role)} yourself?` : `Make ${name} ${aRole(role)}?`),
    means: (name) =>
      isSelf
        ? `From then on you may only this: ${may} Somebody else has to change it back.`
        : `${name} may do everything then, and can take any role away, yours included.`,
    keep: "Leave as it is",
    act: isSelf ? "Change my role" : "Make owner",
    failed: "The role is as it was.",
  };
}

function Question({
  asks,
  member,
  isSelf,
  onClose,
}: Omit<MemberDialogProps, "asks"> & { asks: keyof typeof WORDS | { role: Role } }) {
  const client = useQueryClient();
  const name = member.name ?? member.email;
  const { title, means, keep, act, failed } = typeof asks === "object" ? roleWords(asks.role, isSelf) : WORDS[asks];
  const doing = useMutation({
    mutationFn: async () => {
      if (typeof asks === "object") await updateMember(member, { role: asks.role });
      else if (asks === "suspend") await updateMember(member, { suspended: true });
      else if (asks === "transfer") await transferOwnership(member.id);
      else await removeMember(member.id);
    },
    onSuccess: async () => {
      if (asks === "leave") return goToWorkspace();
      await Promise.all([client.invalidateQueries(membersQuery), client.invalidateQueries(meQuery)]);
      onClose();
    },
  });
  return (
    <Dialog
      title={title(name)}
      onClose={onClose}
      insists
      foot={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button look="bad" busy={doing.isPending} onClick={() => doing.mutate()}>
            {act}
          </Button>
        </>
      }
    >
      <p className="second">{means(name)}</p>
      {doing.isError && (
        <Notice tone="bad" role="alert">
          {failed} {errorMessage(doing.error)}
        </Notice>
      )}
    </Dialog>
  );
}
