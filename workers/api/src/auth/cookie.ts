/** The cookie in which Auth.js keeps the session's token; its name tells https from http. */
export function sessionCookieName(appOrigin: string): string {
  return appOrigin.startsWith("https:") ? "__Secure-authjs.session-token" : "authjs.session-token";
}
