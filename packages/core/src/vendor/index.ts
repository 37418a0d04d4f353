export { VendorName } from "./vendor-name.ts";
