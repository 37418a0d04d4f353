/** A mail of one message, in plain text; what of it is markup is made here. */
export interface Letter {
  readonly title: string;
  readonly heading: string;
  /** The line below the heading, which mailboxes also show beside the subject. */
  readonly lead: string;
  /** Figures, each with what it counts. */
  readonly figures?: readonly { readonly label: string; readonly value: string }[];
  /** Somebody else's words, with the line breaks that they have. */
  readonly quote?: string;
  readonly button?: { readonly label: string; readonly link: string };
  /** What to do for whom it does not concern. */
  readonly footer: string;
  /** Where no more of its kind is asked for. */
  readonly unsubscribeLink?: string;
}

/**
 * Both colour schemes of the product. Programs that know no media queries show the light one, which stands inline; those that turn
 * colours by themselves are told that it is done.
 */
const DARK = `@media (prefers-color-scheme: dark) {
.page { background: #14191a !important; color: #e9ecea !important; }
.sheet { background: #1c2324 !important; border-color: #343d3e !important; }
.quiet { color: #a9b3b2 !important; }
.line { border-color: #343d3e !important; }
.action { background: #4fb3a7 !important; color: #0b1413 !important; }
.link { color: #6fc9bd !important; }
}`;

const SMALL = "font-size:13px;line-height:20px;color:#4d5759;";

/** The letter as HTML: tables and inline styles, because mail programs know little else. */
export function letterHtml(letter: Letter): string {
  const [title, lead] = [escapeHtml(letter.title), escapeHtml(letter.lead)];
  const rows = [
    row("32px 32px 0", "font-size:16px;line-height:24px;font-weight:600;", "Earwitness"),
    row("24px 32px 0", "font-size:20px;line-height:28px;font-weight:600;", escapeHtml(letter.heading)),
    row("8px 32px 0", "font-size:14px;line-height:20px;color:#4d5759;", lead, "quiet"),
    ...(letter.figures === undefined ? [] : [row("16px 32px 0", "", figuresHtml(letter.figures))]),
    ...(letter.quote === undefined ? [] : [row("24px 32px 0", QUOTE, escapeHtml(letter.quote), "line")]),
    ...(letter.button === undefined ? [] : buttonRows(letter.button)),
    row("24px 32px 32px", SMALL, escapeHtml(letter.footer) + unsubscribeHtml(letter.unsubscribeLink), "quiet"),
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title><style>:root { color-scheme: light dark; supported-color-schemes: light dark; }
${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#f6f5f1;color:#1c2426;font-family:'IBM Plex Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<div style="display:none;max-height:0;overflow:hidden;">${lead}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:40px 16px;">
<table class="sheet" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;background:#ffffff;border:1px solid #dfddd5;border-radius:8px;">
${rows.join("\n")}
</table></td></tr></table>
</body>
</html>
`;
}

/** The same for who reads text. */
export function letterText(letter: Letter): string {
  const { heading, lead, figures, quote, button, footer, unsubscribeLink } = letter;
  const parts = [
    button === undefined ? heading : `${heading}:\n\n${button.link}`,
    lead,
    figures?.map(({ label, value }) => `${label}: ${value}`).join("\n"),
    quote,
    footer,
    unsubscribeLink === undefined ? undefined : `No more of these mails: ${unsubscribeLink}`,
  ];
  return `${parts.filter((part) => part !== undefined).join("\n\n")}\n`;
}

const QUOTE =
  "font-size:15px;line-height:24px;white-space:pre-wrap;word-break:break-word;border-top:1px solid #dfddd5;padding-top:16px;";

function row(padding: string, style: string, html: string, className?: string): string {
  const named = className === undefined ? "" : ` class="${className}"`;
  return `<tr><td style="padding:${padding};"><div${named} style="${style}">${html}</div></td></tr>`;
}

function figuresHtml(figures: NonNullable<Letter["figures"]>): string {
  const lines = figures.map(
    ({ label, value }) =>
      `<tr><td class="line quiet" style="padding:8px 0;border-top:1px solid #dfddd5;font-size:14px;line-height:20px;color:#4d5759;">${escapeHtml(label)}</td><td class="line" align="right" style="padding:8px 0;border-top:1px solid #dfddd5;font-size:14px;line-height:20px;font-weight:600;">${escapeHtml(value)}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0">${lines.join("")}</table>`;
}

function buttonRows({ label, link }: NonNullable<Letter["button"]>): string[] {
  const href = escapeHtml(link);
  return [
    `<tr><td style="padding:24px 32px 0;"><a class="action" href="${href}" style="display:inline-block;padding:12px 20px;background:#0f6b63;color:#ffffff;border-radius:5px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;">${escapeHtml(label)}</a></td></tr>`,
    row(
      "24px 32px 0",
      SMALL,
      `If the button does nothing, copy this address into the browser:<br><a class="link" href="${href}" style="color:#0f6b63;word-break:break-all;">${href}</a>`,
      "quiet",
    ),
  ];
}

function unsubscribeHtml(link: string | undefined): string {
  if (link === undefined) return "";
  return `<br><br><a class="link" href="${escapeHtml(link)}" style="color:#0f6b63;">No more of these mails</a>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
