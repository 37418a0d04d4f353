import { z } from "zod";

/** An address to which paths are appended: scheme, host and port alone. */
export const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "must be an origin, without path or trailing slash",
  );
