import type { Mail } from "../ports/mailer.ts";

/** For how long a sign-in link works: long enough for a slow mailbox, too short to be worth stealing. */
export const SIGN_IN_LINK_MINUTES = 15;

/**
 * The mail that carries a sign-in link. The link leads to a page with a button and consumes nothing when it is merely
 * opened, because mail scanners open every link. `key` must differ for each link.
 */
export function signInMail(input: { to: string; link: string; key: string }): Mail {
  return {
    to: input.to,
    subject: "Your link to sign in to Earwitness",
    text: textOf(input),
    html: htmlOf(input),
    key: input.key,
  };
}

function textOf({ to, link }: { to: string; link: string }): string {
  return [
    `Sign in to Earwitness as ${to}:`,
    "",
    link,
    "",
    `The link works once, for ${SIGN_IN_LINK_MINUTES} minutes.`,
    "If you did not ask for it, ignore this mail: nobody is signed in by it.",
    "",
  ].join("\n");
}

/** Tables and inline styles, because mail programs know little else; colours of the product's light scheme. */
function htmlOf({ to, link }: { to: string; link: string }): string {
  const href = escapeHtml(link);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>Sign in to Earwitness</title></head>
<body style="margin:0;padding:0;background:#f6f5f1;color:#1c2426;font-family:'IBM Plex Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<div style="display:none;max-height:0;overflow:hidden;">The link works once, for ${SIGN_IN_LINK_MINUTES} minutes.</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:40px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;background:#ffffff;border:1px solid #dfddd5;border-radius:8px;">
<tr><td style="padding:32px 32px 0;font-size:16px;line-height:24px;font-weight:600;">Earwitness</td></tr>
<tr><td style="padding:24px 32px 0;font-size:20px;line-height:28px;font-weight:600;">Sign in as ${escapeHtml(to)}</td></tr>
<tr><td style="padding:8px 32px 0;font-size:14px;line-height:20px;color:#4d5759;">The link works once, for ${SIGN_IN_LINK_MINUTES} minutes.</td></tr>
<tr><td style="padding:24px 32px 0;"><a href="${href}" style="display:inline-block;padding:12px 20px;background:#0f6b63;color:#ffffff;border-radius:5px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;">Sign in to Earwitness</a></td></tr>
<tr><td style="padding:24px 32px 0;font-size:13px;line-height:20px;color:#4d5759;">If the button does nothing, copy this address into the browser:<br><a href="${href}" style="color:#0f6b63;word-break:break-all;">${href}</a></td></tr>
<tr><td style="padding:24px 32px 32px;font-size:13px;line-height:20px;color:#4d5759;">If you did not ask for it, ignore this mail: nobody is signed in by it.</td></tr>
</table></td></tr></table>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
