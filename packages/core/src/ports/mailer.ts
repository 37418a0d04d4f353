export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same key within a day sends once. */
  readonly key: string;
}
/** Sends one mail. Throws `EarwitnessError` with `retryable`. */
export interface Mailer {
  send(mail: Mail): Promise<{ mailId: string }>;
}
