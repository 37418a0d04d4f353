import { EarwitnessError } from "@earwitness/shared";
import parsePhoneNumber from "libphonenumber-js/min";

/**
 * What a person typed as E.164: international form, or national form of the country of the number that calls. Only what no
 * phone can have is refused here, with `invalid_request` at `#/to`: numbering plans grow, and the carrier knows them best.
 */
export function phoneToRing(typed: string, from: string): string {
  const country = parsePhoneNumber(from)?.country;
  const parsed = parsePhoneNumber(typed, country === undefined ? {} : { defaultCountry: country });
  if (parsed?.isPossible()) return parsed.number;
  throw new EarwitnessError("invalid_request", "The number to call is not a phone number: see errors.", {
    fields: [
      {
        pointer: "#/to",
        detail:
          "must be a phone number: with + and country code, or as dialled in the country of the number that calls",
      },
    ],
  });
}
