/** A refusal in AssemblyAI's form: `{"error": "…"}` with an HTTP status. */
export class AssemblyAiProblem extends Error {
  override readonly name = "AssemblyAiProblem";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  get body(): object {
    return { error: this.message };
  }
}

export const problems = {
  unauthenticated: () => new AssemblyAiProblem(401, "Authentication error, API token missing/invalid"),
  notFound: () => new AssemblyAiProblem(404, "Not found"),
  unknownTranscript: () => new AssemblyAiProblem(404, "Transcript not found"),
  badRequest: (message: string) => new AssemblyAiProblem(400, message),
  /** What the vendor says to unknown and misspelt fields. */
  badSchema: () => problems.badRequest("Invalid endpoint schema, please refer to documentation for examples."),
  notReady: (status: string) =>
    new AssemblyAiProblem(
      400,
      `This transcript has a status of '${status}'. Transcripts must have a status of 'completed' before requesting them.`,
    ),
  /** A fault that somebody asked for, in the vendor's words for such a status. */
  injected: (status: number) =>
    status === 401
      ? problems.unauthenticated()
      : new AssemblyAiProblem(status, status === 429 ? "Too many requests" : "Internal server error"),
  /** AssemblyAI does it; this stand-in does not, and will not pretend. */
  notEmulated: (what: string) => new AssemblyAiProblem(501, `This stand-in does not emulate ${what}.`),
};
