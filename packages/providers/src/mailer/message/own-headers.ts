import type { Mail } from "@earwitness/core";

/**
 * The headers of our own making, by name. `X-Entity-Ref-ID` keeps mailboxes from folding mails of one subject into one; those of
 * RFC 8058 let a mailbox offer a button that says no more are wanted. An address in angle brackets is ASCII without spaces, by
 * the URL parser.
 */
export function ownHeaders({ key, unsubscribeUrl }: Mail): Record<string, string> {
  return {
    "X-Entity-Ref-ID": key,
    ...(unsubscribeUrl !== undefined && {
      "List-Unsubscribe": `<${new URL(unsubscribeUrl).href}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }),
  };
}
