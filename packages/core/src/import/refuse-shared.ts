import { EarwitnessError } from "@earwitness/shared";
import type { ImportRecord } from "../ports/repositories/index.ts";

/**
 * Throws `conflict` where one of the imports under way has the folder, one above it or one below it: two that took the same file
 * over at once would make two calls of it. A `prefix` ends in a slash.
 */
export function refuseShared(prefix: string, underWay: readonly Pick<ImportRecord, "prefix">[]): void {
  const shared = underWay.find((other) => prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
  if (shared === undefined) return;
  throw new EarwitnessError("conflict", `${shared.prefix} is being taken over. Wait for that import, or cancel it.`);
}
