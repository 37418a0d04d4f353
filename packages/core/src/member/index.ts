export { removeMember } from "./remove-member.ts";
export { transferOwnership } from "./transfer-ownership.ts";
export { type MemberChanges, updateMember } from "./update-member.ts";
