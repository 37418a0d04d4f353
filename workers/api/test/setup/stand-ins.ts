import { startStandIns } from "@earwitness/testing/stand-ins";
import { z } from "zod";
import { APP_ORIGIN } from "./app-origin.ts";

const Vendor = z.object({ url: z.string(), key: z.string() });
const Provider = z.object({ url: z.string(), clientId: z.string(), clientSecret: z.string() });
const Addresses = z.object({
  telnyx: Vendor.extend({ connectionId: z.string() }),
  assemblyai: Vendor,
  resend: Vendor,
  google: Provider,
  github: Provider,
  control: z.object({ url: z.string() }),
});

/** The vendors' stand-ins, at which this API is registered. */
export const startVendors = () => startStandIns(Addresses, ["--app-origin", APP_ORIGIN]);
