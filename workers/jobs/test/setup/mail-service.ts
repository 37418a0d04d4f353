import { startStandIns } from "@earwitness/testing/stand-ins";
import { z } from "zod";

const Addresses = z.object({
  resend: z.object({ url: z.string(), key: z.string() }),
  control: z.object({ url: z.string() }),
});

/** The vendors' stand-ins, of which the mail service is used. */
export const startMailService = () => startStandIns(Addresses, ["--resend-requests-per-second", "1000"]);
