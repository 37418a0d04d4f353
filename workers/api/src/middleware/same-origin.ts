import { EarwitnessError } from "@earwitness/shared";

/**
 * Lets a request pass that a page of our own sent. Browsers put the page's origin on every request that can change something
 * and on every socket, and no page can forge it: so that another site cannot use a visitor's cookie. Where the browser also
 * tells how the page stands to us (Fetch Metadata), both must say the same. Throws `forbidden`.
 */
export function requireSameOrigin(request: Request, appOrigin: string): void {
  const site = request.headers.get("sec-fetch-site");
  if (request.headers.get("origin") === appOrigin && (site === null || site === "same-origin")) return;
  throw new EarwitnessError("forbidden", `Requests with a session's cookie must come from ${appOrigin}.`);
}

/**
 * Refuses a request that a page of another origin sends with a cookie, whatever it asks: across origins only a key counts.
 * Throws `forbidden`.
 */
export function refuseForeignCookie(request: Request, appOrigin: string): void {
  const origin = request.headers.get("origin");
  if (origin === null || origin === appOrigin) return;
  if (!request.headers.has("cookie") || request.headers.has("authorization")) return;
  throw new EarwitnessError("forbidden", `Requests with a session's cookie must come from ${appOrigin}.`);
}
