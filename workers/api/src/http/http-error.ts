import { EarwitnessError, type ErrorCode } from "@earwitness/shared";

/** An error whose answer must carry headers of its own, as HTTP demands of some statuses. */
export class HttpError extends EarwitnessError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, headers: Readonly<Record<string, string>>) {
    super(code, message);
    this.headers = headers;
  }
}
