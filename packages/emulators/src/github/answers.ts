const DOCUMENTATION = "https://docs.github.com/rest";
const TROUBLESHOOTING =
  "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/";

/** What the token endpoint refuses with: in a body, with status 200. */
export const tokenErrors = {
  badCode: {
    error: "bad_verification_code",
    error_description: "The code passed is incorrect or expired.",
    error_uri: `${TROUBLESHOOTING}#bad-verification-code`,
  },
  incorrectCredentials: {
    error: "incorrect_client_credentials",
    error_description: "The client_id and/or client_secret passed are incorrect.",
    error_uri: `${TROUBLESHOOTING}#incorrect-client-credentials`,
  },
  redirectUriMismatch: {
    error: "redirect_uri_mismatch",
    error_description: "The redirect_uri MUST match the registered callback URL for this application.",
    error_uri: `${TROUBLESHOOTING}#redirect-uri-mismatch2`,
  },
};

/** An answer of the token endpoint: a form, unless JSON is asked for. */
export function tokenAnswer(accept: string | undefined, fields: Record<string, string>): Response {
  if (accept?.includes("application/json")) return Response.json(fields);
  return new Response(new URLSearchParams(fields).toString(), {
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
  });
}

/** What the API refuses with. */
export const problems = {
  noUserAgent: () =>
    new Response(
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).",
      { status: 403 },
    ),
  badCredentials: () => problem(401, "Bad credentials"),
  notFound: () => problem(404, "Not Found"),
  failed: (status: number) => problem(status, "Server Error"),
};

function problem(status: number, message: string): Response {
  return Response.json({ message, documentation_url: DOCUMENTATION, status: String(status) }, { status });
}
