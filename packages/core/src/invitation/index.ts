export { acceptInvitation } from "./accept-invitation.ts";
export { INVITATION_DAYS, type Invite, invite } from "./invite.ts";
export { maskedEmail } from "./masked-email.ts";
export { revokeInvitation } from "./revoke-invitation.ts";
export { invitationState, requireWaiting, unknownInvitation } from "./standing.ts";
