"use client";
import { useQuery } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { membersQuery } from "../../../api/call-queries.ts";
import { meQuery } from "../../../api/queries.ts";
import { useMay } from "../../../api/use-may.ts";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Failure, StaleNotice } from "../../failure/failure.tsx";
import { Rows, RowsSkeleton } from "../rows.tsx";
import { Section } from "../section.tsx";
import { useShown } from "../use-shown.tsx";
import { Invitations } from "./invitations.tsx";
import { MemberRow } from "./member-row.tsx";
import { RolesSection } from "./roles-section.tsx";

const InviteDialog = lazy(() => import("./invite-dialog.tsx"));

/** Who is in the workspace and what each may there; who was asked to come. */
export function MembersSection() {
  const may = useMay();
  const me = useQuery(meQuery).data;
  const { data, isPending, error, isFetching, refetch } = useQuery(membersQuery);
  const [asks, setAsks] = useState(false);
  const members = data?.members ?? [];
  const { shown, more } = useShown(members);
  const owners = members.filter(({ role, suspendedAt }) => role === "owner" && suspendedAt === null).length;
  const mayInvite = may("members:manage");

  return (
    <>
      <Section
        id="people"
        title="Members"
        count={data && members.length}
        text="Who may see, steer and change."
        action={
          mayInvite && (
            <Button look="line" size="sm" onClick={() => setAsks(true)}>
              <Icon of={UserRoundPlus} small />
              Invite
            </Button>
          )
        }
      >
        {error && data && (
          <StaleNotice title="The members may be older." error={error} isTrying={isFetching} onTryAgain={refetch} />
        )}
        {data && me && (
          <Rows label="Members">
            {shown.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                isSelf={member.id === me.user.id}
                isLastOwner={member.role === "owner" && owners === 1}
              />
            ))}
          </Rows>
        )}
        {more}
        {members.length === 1 && (
          <Notice>{mayInvite ? "Only you are here. Invite someone." : "Only you are here."}</Notice>
        )}
        {isPending && <RowsSkeleton />}
        {error && !data && (
          <Failure
            title="The members did not load"
            error={error}
            meaning="Each may do what they could before."
            isTrying={isFetching}
            onTryAgain={refetch}
          />
        )}
      </Section>
      {mayInvite && <Invitations onInvite={() => setAsks(true)} />}
      <RolesSection />
      {asks && (
        <Suspense>
          <InviteDialog onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </>
  );
}
