import { EarwitnessError } from "@earwitness/shared";
import { bodyLimit } from "hono/body-limit";

/** Refuses a body that is longer, whether its length is told or not: `too_large`. */
export function bodyWithin(maxBytes: number) {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new EarwitnessError("too_large", `The body is larger than ${maxBytes} bytes.`);
    },
  });
}
