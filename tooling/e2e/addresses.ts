import { z } from "zod";

/** Where the product under test is, as serve.ts prints it. */
export const Addresses = z.object({
  web: z.url(),
  api: z.url(),
  control: z.url(),
  /** As the tables' owner. */
  databaseUrl: z.url(),
  numbers: z.array(z.string()).min(1),
});
export type Addresses = z.infer<typeof Addresses>;

/** Who has the workspace with the numbers. */
export const OWNER = "owner@example.com";

const VARIABLE = "EARWITNESS_BROWSER_TESTS";

/** Hands the addresses from the set-up to the processes that run the tests. */
export function publishAddresses(addresses: Addresses): void {
  process.env[VARIABLE] = JSON.stringify(addresses);
}

export function readAddresses(): Addresses {
  return Addresses.parse(JSON.parse(process.env[VARIABLE] ?? "null"));
}
