/** Runs after `next build`: writes what Pages needs beside the exported files, and holds the build to its budget. */
import path from "node:path";
import { budgetTable, firstLoads, overBudget } from "./first-load.ts";
import { writeHeaders } from "./headers.ts";
import { writeRedirects, writeRoutes } from "./redirects.ts";

const out = path.resolve(import.meta.dirname, "../out");

await writeRoutes(out);
await writeRedirects(out);
await writeHeaders(out);

const loads = await firstLoads(out);
console.log(budgetTable(loads));
const over = overBudget(loads);
if (over.length > 0) {
  console.error(`Over the budget of first-load JavaScript: ${over.map(({ page }) => page).join(", ")}`);
  process.exitCode = 1;
}
