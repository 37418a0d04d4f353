const KEY = "invitation";
/** Long enough to sign in by a mailed link, which works for a quarter of an hour. */
const KEPT_MS = 60 * 60_000;
const TOKEN = /^[\w-]{16,200}$/;

/** The token in an invitation's address; null where there is none. */
export function tokenIn(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, "")).get("token");
  return token !== null && TOKEN.test(token) ? token : null;
}

/**
 * Keeps the token in this browser while its person signs in. It is put into no address that a server sees, and it alone opens
 * nothing: only who reads the invited mailbox can use it.
 */
export function keepToken(token: string, now = Date.now()): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ token, until: now + KEPT_MS }));
  } catch {
    // Storage is closed to this page: the link in the mail has to be opened again.
  }
}

/** The token that was kept, if it still is. */
export function keptToken(now = Date.now()): string | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null || !("token" in kept) || !("until" in kept)) return null;
    const { token, until } = kept;
    if (typeof token !== "string" || typeof until !== "number") return null;
    return until > now && TOKEN.test(token) ? token : null;
  } catch {
    return null;
  }
}

export function forgetToken(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}
