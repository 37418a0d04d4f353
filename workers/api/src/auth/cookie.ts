import { parse, serialize } from "hono/utils/cookie";

/** The cookie in which Auth.js keeps the session's token; its name tells https from http. */
export function sessionCookieName(appOrigin: string): string {
  return appOrigin.startsWith("https:") ? "__Secure-authjs.session-token" : "authjs.session-token";
}

/** The session's token that a browser brings, whatever it is worth. */
export function sessionTokenIn(request: Request, appOrigin: string): string | undefined {
  const name = sessionCookieName(appOrigin);
  return parse(request.headers.get("cookie") ?? "", name)[name];
}

/** Has the answer give the browser its session's token, until the session ends by itself. */
export function setSessionCookie({ cookies, env }: CookieJar, token: string, expires: Date): void {
  const name = sessionCookieName(env.APP_ORIGIN);
  cookies.set(name, serialize(name, token, { ...attributesFor(env.APP_ORIGIN), expires }));
}

/** Has the answer take the session's token from the browser, also where it was to give it another. */
export function endSessionCookie({ cookies, env }: CookieJar): void {
  const name = sessionCookieName(env.APP_ORIGIN);
  cookies.set(name, serialize(name, "", { ...attributesFor(env.APP_ORIGIN), maxAge: 0 }));
}

/** The headers of an answer of ours that takes over the cookies of one of Auth.js's; it is for nobody to keep. */
export function headersWithCookiesOf(response: Response): Headers {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return headers;
}

/** Where the answer's cookies are gathered. */
interface CookieJar {
  readonly cookies: Map<string, string>;
  readonly env: { readonly APP_ORIGIN: string };
}

/** As Auth.js sets them, so that its cookie and ours are one. */
function attributesFor(appOrigin: string) {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: appOrigin.startsWith("https:") } as const;
}
