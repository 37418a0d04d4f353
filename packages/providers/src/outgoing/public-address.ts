import ipaddr from "ipaddr.js";

/** What is routed on the IPv6 internet at all; the rest of the space is not handed out (IANA's registry of IPv6 addresses). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");
/** For documentation since RFC 9637, which the library's table lacks. */
const DOCUMENTATION = ipaddr.IPv6.parseCIDR("3fff::/20");

/**
 * Whether an IP address, as a resolver writes it, is one of the open internet: none of IANA's registries of special purposes
 * has it. An IPv6 address that only carries an IPv4 one (mapped, translated, 6to4) is not, whatever it carries.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  if (address instanceof ipaddr.IPv4) return true;
  return address.match(GLOBAL_UNICAST) && !address.match(DOCUMENTATION);
}
