import type { MailRefusalView, MeView } from "@earwitness/shared";
import { request } from "./request.ts";

/** Which of the mails that nobody asks for come. */

/** Says no to a kind of mail, for who holds the token that one of them carried. */
export function unsubscribe(token: string): Promise<MailRefusalView> {
  const query = new URLSearchParams({ token });
  return request({
    path: `/mail/unsubscribe?${query}`,
    method: "POST",
    returns: (contract) => contract.MailRefusalView,
  });
}

/** Sets which come to whoever is signed in; what is left out stays. */
export function chooseMails(mails: Partial<MeView["user"]["mails"]>): Promise<MeView> {
  return request({ path: "/me", method: "PATCH", body: { mails }, returns: (contract) => contract.MeView });
}
