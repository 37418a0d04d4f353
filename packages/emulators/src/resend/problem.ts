/** A refusal in Resend's form: `{"statusCode", "name", "message"}`. */
export class ResendProblem extends Error {
  override readonly name = "ResendProblem";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get body(): object {
    return { statusCode: this.status, name: this.code, message: this.message };
  }
}

export const problems = {
  missingKey: () => new ResendProblem(401, "missing_api_key", "Missing API key in the authorization header"),
  invalidKey: () => new ResendProblem(403, "invalid_api_key", "API key is invalid"),
  notFound: (what: string) => new ResendProblem(404, "not_found", `${what} not found`),
  invalidJson: () => new ResendProblem(400, "validation_error", "The request body is not valid JSON"),
  missingField: (field: string) => new ResendProblem(422, "missing_required_field", `Missing \`${field}\` field.`),
  invalid: (message: string) => new ResendProblem(422, "validation_error", message),
  invalidFrom: () =>
    new ResendProblem(
      422,
      "invalid_from_address",
      "Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.",
    ),
  invalidKeyLength: () =>
    new ResendProblem(400, "invalid_idempotency_key", "The idempotency key must be between 1-256 chars."),
  otherPayload: () =>
    new ResendProblem(
      409,
      "invalid_idempotent_request",
      "This idempotency key has been used on a request that had a different payload.",
    ),
  tooMany: () =>
    new ResendProblem(429, "rate_limit_exceeded", "Too many requests. You can only make 5 requests per second."),
  notEmulated: (what: string) => new ResendProblem(501, "application_error", `This stand-in does not emulate ${what}.`),
};
