import { z } from "zod";

/** A client's own name for one wish: printable ASCII, as the IETF's draft of the header has it; a UUID does well. */
export const IdempotencyKey = z
  .string()
  .min(8)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
  .describe("The same key with the same body is the same wish");
