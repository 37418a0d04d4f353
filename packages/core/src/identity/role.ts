/** What a person is in a workspace; what each may do is in `permissions.ts`. */
export type { Role } from "@earwitness/shared";
