/** One entry of Telnyx's `errors` array: `code` and `title` always, the rest where it helps. */
export interface TelnyxError {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source?: { readonly pointer: string } | { readonly parameter: string };
}

/** A refusal in Telnyx's form: `{"errors": [...]}` with an HTTP status. */
export class TelnyxProblem extends Error {
  override readonly name = "TelnyxProblem";
  readonly status: number;
  readonly errors: readonly TelnyxError[];

  constructor(status: number, errors: readonly TelnyxError[]) {
    super(errors.map((error) => `${error.code} ${error.title}: ${error.detail}`).join("; "));
    this.status = status;
    this.errors = errors;
  }

  get body(): object {
    return {
      errors: this.errors.map((error) => ({
        ...error,
        meta: { url: `https://developers.telnyx.com/docs/overview/errors/${error.code}` },
      })),
    };
  }
}

function refuse(status: number, code: string, title: string, detail: string, pointer?: string): TelnyxProblem {
  return new TelnyxProblem(status, [
    { code, title, detail, ...(pointer === undefined ? {} : { source: { pointer } }) },
  ]);
}

export const problems = {
  unauthenticated: () =>
    refuse(
      401,
      "10009",
      "Authentication failed",
      "The required authentication headers were either invalid or not included in the request.",
    ),
  notFound: () => refuse(404, "10005", "Resource not found", "The requested resource or URL could not be found."),
  unknownParameter: (name: string) =>
    new TelnyxProblem(400, [
      {
        code: "10015",
        title: "Invalid parameter",
        detail: `The parameter '${name}' is not known here.`,
        source: { parameter: name },
      },
    ]),
  invalidJson: () => refuse(400, "10023", "Invalid JSON", "The request body is not valid JSON."),
  rateLimited: () =>
    refuse(429, "10011", "Too many requests", "You have exceeded the maximum number of allowed requests."),
  dialsPerSecond: () =>
    refuse(429, "90103", "Dials per second limit reached", "Too many dial requests in the last five seconds."),
  unknownCall: () =>
    refuse(422, "90015", "Invalid Call Control ID", "The call_control_id provided is not valid.", "/call_control_id"),
  callEnded: () =>
    refuse(422, "90018", "Call has already ended", "This call is no longer active and can't receive commands."),
  notAnswered: () =>
    refuse(
      422,
      "90034",
      "Call not answered yet",
      "This call can't receive this command because it has not been answered yet.",
    ),
  outboundAnswer: () =>
    refuse(422, "90102", "Invalid command for call direction", "The answer command can't be sent to an outbound call."),
  unknownConnection: () =>
    refuse(
      422,
      "10015",
      "Invalid value for connection_id (Call Control App ID)",
      "The requested connection_id (Call Control App ID) is either invalid or does not exist, or has no valid webhook URL. Only Call Control Apps with valid webhook URL are accepted.",
      "/connection_id",
    ),
  unexpected: (status: number, detail: string) => refuse(status, "10007", "Unexpected error", detail),
  notStreaming: () =>
    refuse(422, "90048", "Media streaming not in use", "This call has no media stream that could be stopped."),
  conferenceEnded: () => refuse(422, "90019", "Conference has already ended", "This conference is no longer active."),
  unknownConference: () => refuse(422, "90058", "Conference does not exist", "There is no conference of this id."),
  notInConference: () =>
    refuse(422, "10015", "Invalid parameter", "This call is not in the conference.", "/call_control_ids"),
  streamingFailed: (detail: string) => refuse(422, "90046", "Media streaming failed to start", detail, "/stream_url"),
  forbiddenWhileStreaming: () =>
    refuse(
      422,
      "90045",
      "Command forbidden while media streaming is used",
      "Stop the media stream of this call first.",
    ),
  /** Telnyx knows it; this stand-in does not, and will not pretend. */
  notEmulated: (what: string, pointer?: string) =>
    refuse(501, "10007", "Not emulated", `This stand-in does not emulate ${what}.`, pointer),
};
