export { type HttpFailure, type HttpOutcome, requestVendor, type VendorRequest } from "./request.ts";
export { vendorError } from "./vendor-error.ts";
