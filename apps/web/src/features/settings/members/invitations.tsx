"use client";
import type { InvitationView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { errorMessage } from "../../../api/api-error.ts";
import { invitationsQuery, invite, revokeInvitation } from "../../../api/members.ts";
import { Button } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Badge } from "../../../ui/status.tsx";
import { Failure } from "../../failure/failure.tsx";
import { Moment } from "../moment.tsx";
import { roleName } from "../roles.ts";
import rows from "../rows.module.css";
import { Rows, RowsSkeleton } from "../rows.tsx";
import { Section } from "../section.tsx";
import { useShown } from "../use-shown.tsx";

/** Who was asked to come and has not: their places wait until the invitation is accepted, revoked or too old. */
export function Invitations({ onInvite }: { onInvite: () => void }) {
  const { data, isPending, error, isFetching, refetch } = useQuery(invitationsQuery);
  const open = (data?.invitations ?? []).filter(({ state }) => state === "waiting" || state === "expired");
  const { shown, more } = useShown(open);
  return (
    <Section
      id="invitations"
      title="Invitations"
      count={data && open.length}
      text="Mailed, and not accepted yet. Each works once."
    >
      {open.length > 0 && (
        <Rows label="Invitations">
          {shown.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </Rows>
      )}
      {more}
      {data && open.length === 0 && (
        <Empty
          title="Nobody is invited"
          action={
            <Button look="line" onClick={onInvite}>
              Invite someone
            </Button>
          }
        >
          Whoever you invite gets a mail with a link, and stands here until they come.
        </Empty>
      )}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The invitations did not load"
          error={error}
          meaning="Those that were mailed go on working."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const { id, email, role, invitedBy, expiresAt, state } = invitation;
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(invitationsQuery);
  // A new invitation takes the old one's place: its link, mailed before, then no longer works.
  const sending = useMutation({ mutationFn: () => invite({ email, role }, crypto.randomUUID()), onSettled: refresh });
  const revoking = useMutation({ mutationFn: () => revokeInvitation(id), onSettled: refresh });
  const failed = sending.error ?? revoking.error;
  return (
    <li className={rows.row}>
      <Icon of={Mail} />
      <div className={rows.who}>
        <p className="strong">
          {email} {state === "expired" && <Badge tone="warn">too old</Badge>}
        </p>
        <p className="quiet small">
          {roleName(role)}
          {invitedBy && ` · invited by ${invitedBy}`}
          {state === "expired" ? " · ran out " : " · good until "}
          <Moment instant={expiresAt} />
        </p>
      </div>
      <div className={rows.end}>
        <Button
          look="line"
          size="sm"
          busy={sending.isPending}
          aria-label={`Send again to ${email}`}
          onClick={() => sending.mutate()}
        >
          Send again
        </Button>
        <Button
          look="bad-quiet"
          size="sm"
          busy={revoking.isPending}
          aria-label={`Revoke the invitation of ${email}`}
          onClick={() => revoking.mutate()}
        >
          Revoke
        </Button>
      </div>
      {failed && (
        <Notice tone="bad" role="alert" className={rows.below}>
          {sending.isError ? "No mail went out." : "The invitation still works."} {errorMessage(failed)}
        </Notice>
      )}
    </li>
  );
}
