import type { Books } from "./books.ts";
import type { Finding } from "./finding.ts";

/** Who was invited has one mail, and every mail that the record calls sent is in somebody's mailbox once. */
export function auditMails({ planned, record, mailbox }: Books): Finding[] {
  const sentTo = Map.groupBy(record.mails, ({ to_address }) => to_address);
  const gotBy = Map.groupBy(mailbox, ({ to }) => to[0] ?? "");
  const findings: Finding[] = [];
  for (const { invitee } of planned) {
    if (invitee === null) continue;
    const rows = sentTo.get(invitee) ?? [];
    const got = gotBy.get(invitee) ?? [];
    if (rows.length === 0) findings.push({ kind: "lost", what: "an invitation has no mail", where: invitee });
    if (rows.length > 1)
      findings.push({ kind: "duplicate", what: `${rows.length} mails of one invitation`, where: invitee });
    if (got.length === 0) findings.push({ kind: "lost", what: "a mail never came", where: invitee });
    if (got.length > 1) findings.push({ kind: "duplicate", what: `${got.length} mails came`, where: invitee });
  }
  return findings;
}
