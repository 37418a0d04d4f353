import { z } from "zod";

const Deliveries = z.object({
  telnyx: z.array(
    z.object({
      id: z.string(),
      callSessionId: z.string(),
      state: z.enum(["pending", "delivered", "failed", "dropped"]),
      attempts: z.array(z.object({ at: z.iso.datetime(), status: z.int().nullable(), tookMs: z.number() })),
    }),
  ),
});
export type Delivery = z.infer<typeof Deliveries>["telnyx"][number];

/** The emulated carrier's own record of what it sent, and of how it was answered. */
export async function readDeliveries(controlUrl: string): Promise<Delivery[]> {
  const response = await fetch(`${controlUrl}/webhooks`);
  if (!response.ok) throw new Error(`The emulated carrier does not tell: ${await response.text()}`);
  return Deliveries.parse(await response.json()).telnyx;
}
