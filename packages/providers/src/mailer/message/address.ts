/** A mailbox as a message names it. */
export interface Mailbox {
  readonly name: string | null;
  readonly address: string;
}

/** RFC 5321 4.5.3.1.1 and .3. */
const MAX_LOCAL_PART = 64;
const MAX_ADDRESS = 254;
/** A dot-atom of RFC 5322. Quoted local parts exist in that document and in attacks. */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/**
 * An address as it can stand in a command and in a header, its domain in ASCII (IDNA); null for what is none. Nothing that
 * passes holds a space, a bracket, a quote or a control character, so that it can end no line and begin no other.
 */
export function readAddress(text: string): string | null {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null || local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local)) return null;
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS ? address : null;
}

/** `Name <address>` or the bare address; null for what is neither. */
export function readMailbox(text: string): Mailbox | null {
  const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  const address = readAddress((named?.[2] ?? text).trim());
  const name = unquoted((named?.[1] ?? "").trim());
  return address === null || name === null ? null : { name: name || null, address };
}

/** A display name without the quotation marks around it; null for one with marks within, or with what they would escape. */
function unquoted(name: string): string | null {
  const inner = /^"([^"\\]*)"$/.exec(name);
  if (inner !== null) return inner[1] ?? "";
  return name.includes('"') ? null : name;
}

function asciiDomain(domain: string): string | null {
  // The URL parser knows IDNA, and would take off what follows one of these.
  if (/[/?#:@\\[\]\s%]/.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const { hostname } = new URL(`http://${domain}`);
  return DOMAIN.test(hostname) ? hostname : null;
}
