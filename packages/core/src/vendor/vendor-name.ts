import { z } from "zod";

/** Those whose requests are counted together: each has a limit of its own, and fails by itself. */
export const VendorName = z.enum(["telnyx", "assemblyai", "mail"]);
export type VendorName = z.infer<typeof VendorName>;
