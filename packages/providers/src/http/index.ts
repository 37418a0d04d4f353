export { parseJson } from "./parse-json.ts";
export {
  boundedWaitMs,
  type HttpFailure,
  type HttpOutcome,
  requestVendor,
  retryAfterOf,
  type VendorRequest,
} from "./request.ts";
export { isSameSecret } from "./same-secret.ts";
export { vendorAnswerOf, vendorError } from "./vendor-error.ts";
