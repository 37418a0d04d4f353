import { endLedger } from "./ledger.ts";

// Started by guardian.ts. Standard input ends when the one we guard for is gone; a ledger that is gone too means: in order.
const ledger = process.argv[2];
if (ledger === undefined) throw new Error("The ledger's path is missing");
process.stdin.on("end", () => void endLedger(ledger).then(() => process.exit(0)));
process.stdin.resume();
