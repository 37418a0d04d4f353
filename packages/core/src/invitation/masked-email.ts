/**
 * An address as somebody may be shown it who need not know it: enough to know one's own by. `ada@example.com` is
 * `a…@example.com`.
 */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email.slice(0, at);
  return `${first}…${email.slice(at)}`;
}
