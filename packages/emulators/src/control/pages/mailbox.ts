import { html } from "hono/html";
import type { Mail } from "../../resend/mail.ts";
import { type Html, layout } from "./layout.ts";

/** All mails that were sent, newest first. */
export function mailboxPage(mails: readonly Mail[]): Html {
  const rows = mails.map(
    (mail) => html`<tr>
      <td><time datetime="${mail.createdAt}">${mail.createdAt.slice(11, 19)}</time></td>
      <td>${mail.to.join(", ")}</td>
      <td><a href="/mailbox/${mail.id}">${mail.subject}</a></td>
    </tr>`,
  );
  const table = html`<table>
    <thead><tr><th>Time (UTC)</th><th>To</th><th>Subject</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`;
  return layout(
    "Mailbox",
    html`<header><h1>Mailbox</h1><a href="/">Phone</a></header>
      ${mails.length === 0 ? html`<p>No mail yet. What the application sends arrives here and nowhere else.</p>` : table}`,
  );
}

/** One mail as its reader sees it; its links open in a new tab. */
export function mailPage(mail: Mail): Html {
  const links = linksOf(mail).map((link) => html`<li><a href="${link}">${link}</a></li>`);
  const framed = `<base target="_blank">${mail.html ?? ""}`;
  return layout(
    mail.subject,
    html`<header><h1>${mail.subject}</h1><a href="/mailbox">Mailbox</a></header>
      <p>From ${mail.from} to ${mail.to.join(", ")}, ${mail.createdAt}</p>
      ${links.length === 0 ? "" : html`<h2>Links</h2><ul>${links}</ul>`}
      ${mail.html === undefined ? "" : html`<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed}"></iframe>`}
      ${mail.text === undefined ? "" : html`<h2>Plain text</h2><pre>${mail.text}</pre>`}`,
  );
}

/** The addresses that the mail links to, each once. */
function linksOf(mail: Mail): string[] {
  const found = [...(mail.html ?? "").matchAll(/href="(https?:[^"]+)"/g)].map((match) =>
    match[1]?.replaceAll("&amp;", "&"),
  );
  const inText = [...(mail.text ?? "").matchAll(/https?:\/\/\S+/g)].map((match) => match[0]);
  return [...new Set([...found, ...inText].filter((link) => link !== undefined))];
}
