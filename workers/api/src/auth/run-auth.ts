import { Auth } from "@auth/core";
import { InvalidCallbackUrl, MissingCSRF, UnknownAction, Verification } from "@auth/core/errors";
import { EarwitnessError } from "@earwitness/shared";
import type { Services } from "../services.ts";
import { sessionAdapter } from "./adapter.ts";
import { authConfig } from "./config.ts";

/**
 * Has Auth.js answer a request, as if it had come to the app's own origin. Auth.js turns every failure into a redirect to an
 * error page, a lost database included; here each is thrown as the error that it was, so that it ends as a problem and in
 * the log.
 */
export async function runAuth(services: Services, request: Request): Promise<Response> {
  const { APP_ORIGIN, AUTH_SECRET } = services.env;
  const failures: Error[] = [];
  const config = authConfig({
    appOrigin: APP_ORIGIN,
    secret: AUTH_SECRET,
    mailer: services.mailer,
    adapter: sessionAdapter(services.contextOf({ kind: "system", reason: "sign-in" }), {
      onWorkspaceMade: services.kickOutbox,
      onSessionEnded: services.closeSockets,
    }),
    onError: (error) => failures.push(error),
  });
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
