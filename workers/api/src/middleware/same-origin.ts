import { EarwitnessError } from "@earwitness/shared";

/**
 * Lets a request pass that a page of our own sent. Browsers put the page's origin on every request that can change something
 * and on every socket, and no page can forge it: so that another site cannot use a visitor's cookie. Throws `forbidden`.
 */
export function requireSameOrigin(request: Request, appOrigin: string): void {
  if (request.headers.get("origin") === appOrigin) return;
  throw new EarwitnessError("forbidden", `Requests with a session's cookie must come from ${appOrigin}.`);
}
