import { EarwitnessError } from "@earwitness/shared";
import { DAY_MS } from "../durations.ts";

/** Some thousand sums at most are read for one answer. */
const MAX_DAYS = { hour: 31, day: 731 } as const;

/** A period whose usage may be asked for. Throws `invalid_request` for one that ends before it begins, or that is too long. */
export function usagePeriod<By extends keyof typeof MAX_DAYS>(asked: {
  readonly from: string;
  readonly until: string;
  readonly by: By;
}): { from: Date; until: Date; by: By } {
  const { by } = asked;
  const [from, until] = [new Date(asked.from), new Date(asked.until)];
  const days = (until.getTime() - from.getTime()) / DAY_MS;
  if (days > 0 && days <= MAX_DAYS[by]) return { from, until, by };
  const detail = days <= 0 ? "must be after from" : `must be at most ${MAX_DAYS[by]} days after from`;
  throw new EarwitnessError("invalid_request", "A part of the request is not valid: see errors.", {
    fields: [{ pointer: "query/until", detail }],
  });
}
