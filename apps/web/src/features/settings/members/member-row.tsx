"use client";
import type { MemberView, UpdateMember } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { membersQuery } from "../../../api/call-queries.ts";
import { updateMember } from "../../../api/members.ts";
import { meQuery } from "../../../api/queries.ts";
import { fileAddress } from "../../../api/request.ts";
import { useMay } from "../../../api/use-may.ts";
import { counted } from "../../../format/size.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Badge } from "../../../ui/status.tsx";
import { Day } from "../moment.tsx";
import rows from "../rows.module.css";
import { type MemberAsk, type MemberQuestion, memberActions } from "./member-actions.ts";
import styles from "./members.module.css";
import { RoleSelect } from "./role-select.tsx";

const MemberDialog = lazy(() => import("./member-dialog.tsx"));

export interface MemberRowProps {
  member: MemberView;
  isSelf: boolean;
  /** The workspace would be without an owner: who is it cannot step down, leave or be removed. */
  isLastOwner: boolean;
}

/** Somebody of the workspace: their role, and what can be done about them by whoever looks. */
export function MemberRow({ member, isSelf, isLastOwner }: MemberRowProps) {
  const client = useQueryClient();
  const may = useMay();
  const [asks, setAsks] = useState<MemberQuestion | null>(null);
  const changing = useMutation({
    mutationFn: (change: UpdateMember) => updateMember(member, change),
    onSettled: () =>
      Promise.all([client.invalidateQueries(membersQuery), ...(isSelf ? [client.invalidateQueries(meQuery)] : [])]),
  });
  const name = member.name ?? member.email;
  const actions = memberActions({ member, isSelf, isLastOwner, may });

  function choose(action: MemberAsk) {
    if (action === "let-back-in") changing.mutate({ suspended: false });
    else setAsks(action);
  }

  return (
    <li className={rows.row} data-off={member.suspendedAt !== null || undefined}>
      <Avatar name={name} picture={fileAddress(member.avatarUrl)} />
      <div className={rows.who}>
        <p className={styles.person}>
          <span className="strong">{name}</span>
          {isSelf && <Badge tone="accent">you</Badge>}
          {member.suspendedAt !== null && <Badge tone="warn">suspended</Badge>}
        </p>
        <p className="quiet small">
          {member.name !== null && `${member.email} · `}
          <span className={styles.fact}>
            here since <Day instant={member.joinedAt} />
          </span>
          {member.role === "agent" && (
            <>
              {" · "}
              <span className={styles.fact}>answers at {numbersOf(member)}</span>
            </>
          )}
        </p>
      </div>
      <div className={rows.end}>
        <RoleSelect
          member={member}
          name={name}
          isLastOwner={isLastOwner}
          saving={changing.isPending ? (changing.variables.role ?? null) : null}
          onChoose={(role) => {
            changing.reset();
            // What cannot be taken back by oneself is asked about first.
            if (isSelf || role === "owner") setAsks({ role });
            else changing.mutate({ role });
          }}
        />
        {actions.length > 0 && (
          <Menu
            label={`What can be done about ${name}`}
            actions={actions.map(({ key, label, icon }) => ({ key, label, icon, onSelect: () => choose(key) }))}
          >
            {(control) => (
              <Button {...control} size="sm" square aria-label={`More for ${name}`} busy={changing.isPending}>
                {!changing.isPending && <Icon of={Ellipsis} />}
              </Button>
            )}
          </Menu>
        )}
      </div>
      {changing.isError && (
        <Notice tone="bad" role="alert" className={rows.below}>
          {name} stays as before. {errorMessage(changing.error)}
        </Notice>
      )}
      {asks !== null && (
        <Suspense>
          <MemberDialog asks={asks} member={member} isSelf={isSelf} onClose={() => setAsks(null)} />
        </Suspense>
      )}
    </li>
  );
}

function numbersOf({ numberIds }: MemberView): string {
  return numberIds.length === 0 ? "no number" : counted(numberIds.length, "number");
}
