import type { SteerCall } from "@earwitness/shared";
import { e164Of } from "../call/address.ts";
import type { CallRecord } from "../projection/call-record.ts";
import { phoneToRing } from "./phone-number.ts";

/**
 * The wish with the phone to transfer to as E.164; in national form it is read as one of the country of our number, which is
 * the called one of a call that came in and the calling one of a call that went out. Throws `invalid_request` at `#/to`.
 */
export function dialableWish(
  wish: SteerCall,
  { direction, fromAddress, toAddress }: Pick<CallRecord, "direction" | "fromAddress" | "toAddress">,
): SteerCall {
  if (wish.action !== "transfer") return wish;
  const ours = e164Of(direction === "inbound" ? toAddress : fromAddress);
  return { ...wish, to: phoneToRing(wish.to, ours) };
}
