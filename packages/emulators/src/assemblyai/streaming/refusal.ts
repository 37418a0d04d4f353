/** The end of a session by the vendor's will: an `Error` frame with this code and sentence, then a close with the same code. */
export class StreamRefusal extends Error {
  override readonly name = "StreamRefusal";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const refusals = {
  unauthorized: (why: string) => new StreamRefusal(1008, `Unauthorized Connection: ${why}`),
  serverError: () => new StreamRefusal(3005, "Session Cancelled: An error occurred"),
  invalidParameter: (why: string) => new StreamRefusal(3006, `Invalid connection parameters: ${why}`),
  invalidMessage: (why: string) => new StreamRefusal(3006, `Invalid Message: ${why}`),
  invalidJson: () => new StreamRefusal(3006, "Invalid JSON: the message could not be parsed"),
  unknownType: (type: unknown) => new StreamRefusal(3006, `Invalid Message Type: ${String(type)}`),
  duration: (ms: number) =>
    new StreamRefusal(3007, `Input duration violation: ${ms} ms. Expected between 50 and 1000 ms`),
  tooFast: (audioSecs: number, realSecs: number) =>
    new StreamRefusal(
      3007,
      `Audio Transmission Rate Exceeded: Received ${audioSecs.toFixed(1)} sec. audio in ${realSecs.toFixed(6)} sec`,
    ),
  expired: () => new StreamRefusal(3008, "Session Expired: Maximum session duration exceeded"),
  inactive: () => new StreamRefusal(3008, "Session Expired: No audio was received within inactivity_timeout"),
  tooMany: () => new StreamRefusal(3009, "Too many concurrent sessions"),
};
