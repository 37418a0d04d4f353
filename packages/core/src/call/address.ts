/** The number within an address: carriers write a number as E.164 or as `sip:+15551230002@host`. */
export function e164Of(address: string): string {
  return /^(?:sips?:)?(\+\d{3,15})@/.exec(address)?.[1] ?? address;
}
