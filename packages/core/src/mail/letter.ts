/** A mail of one message and one button, in plain text; what of it is markup is made here. */
export interface Letter {
  readonly title: string;
  readonly heading: string;
  /** The line below the heading, which mailboxes also show beside the subject. */
  readonly lead: string;
  readonly button: string;
  readonly link: string;
  /** What to do for whom it does not concern. */
  readonly footer: string;
}

/** Tables and inline styles, because mail programs know little else; colours of the product's light scheme. */
export function letterHtml({ link, ...letter }: Letter): string {
  const href = escapeHtml(link);
  const [title, heading, lead] = [escapeHtml(letter.title), escapeHtml(letter.heading), escapeHtml(letter.lead)];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${title}</title></head>
<body style="margin:0;padding:0;background:#f6f5f1;color:#1c2426;font-family:'IBM Plex Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<div style="display:none;max-height:0;overflow:hidden;">${lead}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:40px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;background:#ffffff;border:1px solid #dfddd5;border-radius:8px;">
<tr><td style="padding:32px 32px 0;font-size:16px;line-height:24px;font-weight:600;">Earwitness</td></tr>
<tr><td style="padding:24px 32px 0;font-size:20px;line-height:28px;font-weight:600;">${heading}</td></tr>
<tr><td style="padding:8px 32px 0;font-size:14px;line-height:20px;color:#4d5759;">${lead}</td></tr>
<tr><td style="padding:24px 32px 0;"><a href="${href}" style="display:inline-block;padding:12px 20px;background:#0f6b63;color:#ffffff;border-radius:5px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;">${escapeHtml(letter.button)}</a></td></tr>
<tr><td style="padding:24px 32px 0;font-size:13px;line-height:20px;color:#4d5759;">If the button does nothing, copy this address into the browser:<br><a href="${href}" style="color:#0f6b63;word-break:break-all;">${href}</a></td></tr>
<tr><td style="padding:24px 32px 32px;font-size:13px;line-height:20px;color:#4d5759;">${escapeHtml(letter.footer)}</td></tr>
</table></td></tr></table>
</body>
</html>
`;
}

/** The same for who reads text. */
export function letterText({ heading, lead, link, footer }: Letter): string {
  return [`${heading}:`, "", link, "", lead, footer, ""].join("\n");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
