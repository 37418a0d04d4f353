export { dnsOverHttps, type NameResolver } from "./name-resolver.ts";
export type { OutgoingRules } from "./outgoing-url.ts";
export { isPublicAddress } from "./public-address.ts";
export {
  judgeOutgoingUrl,
  type OutgoingAnswer,
  type OutgoingGuard,
  type OutgoingRequest,
  sendOutgoing,
} from "./send-outgoing.ts";
