import type { InvitationPreview, InvitationView, MemberView, MeView, Role, UpdateMember } from "@earwitness/shared";
import { queryOptions } from "@tanstack/react-query";
import { command, request } from "./request.ts";

/** Who is in the workspace, and who was asked to come. `membersQuery` is with the calls, which name people. */

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => request({ path: "/invitations", signal, returns: (contract) => contract.InvitationList }),
});

/** Changes what `member` is, or whether they may do anything now, if nobody else did meanwhile; what is left out stays. */
export function updateMember(member: MemberView, body: UpdateMember): Promise<MemberView> {
  const headers = { "if-match": `"${member.version}"` };
  return request({
    path: `/members/${member.id}`,
    method: "PATCH",
    headers,
    body,
    returns: (contract) => contract.MemberView,
  });
}

/** Takes somebody out of the workspace; with one's own id, leaves it. */
export function removeMember(userId: string): Promise<void> {
  return command({ path: `/members/${userId}`, method: "DELETE" });
}

/** Makes somebody else the owner instead of oneself. */
export function transferOwnership(userId: string): Promise<void> {
  return command({ path: "/workspace/owner", method: "POST", body: { userId } });
}

/** Mails somebody an invitation. `key` makes a repeated press one invitation. */
export function invite(body: { email: string; role: Role }, key: string): Promise<InvitationView> {
  const headers = { "idempotency-key": key };
  return request({
    path: "/invitations",
    method: "POST",
    body,
    headers,
    returns: (contract) => contract.InvitationView,
  });
}

export function revokeInvitation(invitationId: string): Promise<void> {
  return command({ path: `/invitations/${invitationId}`, method: "DELETE" });
}

/** What an invitation says to who holds its token. Uses nothing up. */
export function previewInvitation(token: string): Promise<InvitationPreview> {
  return request({
    path: "/invitations/preview",
    method: "POST",
    body: { token },
    returns: (contract) => contract.InvitationPreview,
  });
}

/** Takes the place that the invitation keeps, and goes there. */
export function acceptInvitation(token: string): Promise<MeView> {
  return request({
    path: "/invitations/accept",
    method: "POST",
    body: { token },
    returns: (contract) => contract.MeView,
  });
}
