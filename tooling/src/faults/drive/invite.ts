import type { ApiClient } from "../../session/api-client.ts";
import { askOnce } from "./ask-once.ts";

/** Invites somebody by mail, once, however often it has to be asked for while the product is away. */
export async function invite(person: ApiClient, email: string): Promise<void> {
  await askOnce(person, {
    path: "/v1/invitations",
    key: `invite-${email}`,
    body: { email, role: "agent" },
  });
}
