/** Where a page sends a person who is not signed in; they come back to where they were. */
export function signInAddress(from: { pathname: string; search: string }): string {
  const here = `${from.pathname}${from.search}`;
  return here === "/" || here === "/calls" ? "/login" : `/login?next=${encodeURIComponent(here)}`;
}

let isLeaving = false;

/** Leaves for the sign-in page by a full load, so that nothing of the session stays in memory. Every request is refused at once. */
export function leaveForSignIn(): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.replace(signInAddress(window.location));
}

/** The path to return to after signing in: one of our own, or the list. Another site's address is never followed. */
export function returnPath(next: string | null, origin: string): string {
  const url = next !== null && next !== "" && URL.canParse(next, origin) ? new URL(next, origin) : null;
  return url?.origin === origin && url.pathname !== "/" ? `${url.pathname}${url.search}${url.hash}` : "/calls";
}
