import { EarwitnessError } from "@earwitness/shared";
import ipaddr from "ipaddr.js";

const LONGEST_URL = 2_048;

/** Names that lead nowhere outside, by their last labels: RFC 6761, 6762, 7686, 8375, 9476, and what clouds call their own. */
const PRIVATE_ZONES = [
  "localhost",
  "local",
  "internal",
  "home.arpa",
  "onion",
  "test",
  "invalid",
  "example",
  "alt",
  "arpa",
];

/** What a user-given address is judged by. */
export interface OutgoingRules {
  /** Zones of ours, such as `earwitness.example`: a request from within would pass our own walls. */
  readonly ownZones: readonly string[];
  /** Origins that the operator vouches for and no rule is asked about: a receiver in the same network. Empty as a rule. */
  readonly trustedOrigins: ReadonlySet<string>;
}

/**
 * Reads an address that a user gave for us to send to: `https`, the usual port, a name of the open internet, no credentials, no
 * fragment. The parsed name is judged, so that every spelling of an address that a browser knows (`127.1`, `0x7f.1`,
 * `2130706433`, full-width digits) is seen as what it is; addresses are refused whichever they are. Says nothing about what the
 * name resolves to. Throws `invalid_request` with a sentence for who gave it.
 */
export function readOutgoingUrl(text: string, { ownZones, trustedOrigins }: OutgoingRules): URL {
  if (text.length > LONGEST_URL) throw refused(`must not be longer than ${LONGEST_URL} characters`);
  if (!URL.canParse(text)) throw refused("must be a whole address, such as https://example.com/hook");
  const url = new URL(text);
  url.hash = "";
  if (trustedOrigins.has(url.origin)) return url;
  if (url.protocol !== "https:") throw refused("must begin with https://");
  if (url.username !== "" || url.password !== "") throw refused("must not hold a user name or password");
  if (url.port !== "") throw refused("must use the usual port, 443");
  const { hostname } = url;
  if (hostname.startsWith("[") || ipaddr.isValid(hostname)) throw refused("must name a host, not an IP address");
  if (hostname.endsWith(".")) throw refused("must not end its host with a dot");
  if (!hostname.includes(".")) throw refused("must name a host of the internet");
  if ([...PRIVATE_ZONES, ...ownZones].some((zone) => isWithin(hostname, zone))) {
    throw refused("must name a host of the internet that is not ours");
  }
  return url;
}

function isWithin(hostname: string, zone: string): boolean {
  return hostname === zone || hostname.endsWith(`.${zone}`);
}

/** Why an address is not sent to, pointed at the field in which it is given. */
export function refused(detail: string): EarwitnessError {
  return new EarwitnessError("invalid_request", `We do not send to this address: it ${detail}.`, {
    fields: [{ pointer: "#/url", detail }],
  });
}
