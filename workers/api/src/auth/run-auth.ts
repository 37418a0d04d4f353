import { Auth, skipCSRFCheck } from "@auth/core";
import { InvalidCallbackUrl, MissingCSRF, UnknownAction, Verification } from "@auth/core/errors";
import { askForSignInLink, linkToken } from "@earwitness/core";
import { EarwitnessError, type SignInMethod } from "@earwitness/shared";
import type { Services } from "../services.ts";
import { sessionAdapter } from "./adapter.ts";
import { admit } from "./admit.ts";
import { authConfig } from "./config.ts";
import { offeredProviders } from "./providers/offered.ts";

interface RunOptions {
  /** By which way a session is opened, if one is. */
  readonly method?: SignInMethod;
  /** For a provider's answer that the person who is signed in wants linked: nobody comes in by it. */
  readonly isLinking?: boolean;
  /** For a request whose origin was checked by us. */
  readonly isOurOwn?: boolean;
}

/**
 * Has Auth.js answer a request, as if it had come to the app's own origin. Auth.js turns every failure into a redirect to an
 * error page, a lost database included; here each is thrown as the error that it was, so that it ends as a problem and in
 * the log.
 */
export async function runAuth(services: Services, request: Request, options: RunOptions = {}): Promise<Response> {
  const { APP_ORIGIN, AUTH_SECRET, LINK_SECRET, SIGN_UP } = services.env;
  const ctx = services.contextOf({ kind: "system", reason: "sign-in" });
  const failures: Error[] = [];
  const mailId = ctx.newId("mail");
  // Auth.js has the mail sent and its token stored side by side: whichever comes first, the wish is whole.
  const callbackUrl = Promise.withResolvers<string | null>();
  const config = authConfig({
    appOrigin: APP_ORIGIN,
    secret: AUTH_SECRET,
    providers: offeredProviders(services.env).map(({ make }) => make()),
    adapter: sessionAdapter(ctx, {
      method: options.method ?? "email",
      userAgent: services.origin.userAgent,
      ipAddress: services.origin.ipAddress,
      signUp: SIGN_UP,
      onLinkAsked: async (asked) => {
        await askForSignInLink(ctx, { ...asked, mailId, callbackUrl: await callbackUrl.promise, signUp: SIGN_UP });
        services.kickOutbox();
      },
      onWorkspaceMade: services.kickOutbox,
      onSessionEnded: services.closeSockets,
    }),
    admit: (who) => admit(services, who, options.isLinking ?? false),
    newLinkToken: () => linkToken(LINK_SECRET, "sign_in", mailId),
    onCallbackUrl: callbackUrl.resolve,
    onError: (error) => failures.push(error),
  });
  if (options.isOurOwn) config.skipCSRFCheck = skipCSRFCheck;
  const { pathname, search } = new URL(request.url);
  const response = await Auth(new Request(new URL(pathname + search, APP_ORIGIN), request), config);
  const [failure] = failures;
  if (failure !== undefined) throw knownError(failure);
  return response;
}

function knownError(error: Error): Error {
  if (error instanceof MissingCSRF) {
    return new EarwitnessError("forbidden", "The sign-in page was open for too long. Load it again.", { cause: error });
  }
  if (error instanceof Verification) {
    return new EarwitnessError("unprocessable", "This link was used before, or is too old. Ask for a new one.", {
      cause: error,
    });
  }
  if (error instanceof InvalidCallbackUrl) {
    return new EarwitnessError("invalid_request", "The address to return to must be one of this app.", {
      cause: error,
    });
  }
  if (error instanceof UnknownAction) {
    return new EarwitnessError("method_not_allowed", "This is served to GET and POST alone.", { cause: error });
  }
  // Of all that Auth.js parses, only the body is the caller's own JSON.
  if (error instanceof SyntaxError) {
    return new EarwitnessError("invalid_request", "The body is not JSON.", { cause: error });
  }
  return rootOf(error);
}

/** Auth.js wraps what an adapter throws, as `cause.err`. */
function rootOf(error: Error): Error {
  const { cause } = error;
  if (typeof cause !== "object" || cause === null || !("err" in cause)) return error;
  return cause.err instanceof Error ? rootOf(cause.err) : error;
}
