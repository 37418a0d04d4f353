export { forgetExpired } from "./forget-expired.ts";
export { Perishable } from "./perishable.ts";
