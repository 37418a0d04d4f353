import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * Reads a phone number, national forms in the given country. A function of its own, not a re-export: so only what it uses is
 * bundled, and the library's formatter-as-you-type and finder stay out.
 */
export function parsePhone(text: string, country?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, country);
}
