/**
 * The link that goes into the mail, made from Auth.js's own callback URL. It leads to the web app's confirm page and carries
 * everything after `#`, so that the token reaches no log and no Referer, and so that a scanner that opens it spends nothing:
 * only the page's button does, by `POST /auth/confirm`.
 */
export function confirmLink(callbackUrl: string, appOrigin: string): string {
  const given = new URL(callbackUrl).searchParams;
  const carried = new URLSearchParams();
  for (const name of ["token", "email", "callbackUrl"]) {
    const value = given.get(name);
    if (value !== null) carried.set(name, value);
  }
  return `${appOrigin}/login/confirm#${carried}`;
}
