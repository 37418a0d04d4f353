import type { Context, SystemActor } from "@earwitness/core";

/** Where whoever works dies: in which of its transactions, and whether that was committed. null: nowhere. */
export type Death = { readonly at: number; readonly isCommitted: boolean } | null;

class Died extends Error {}

/** What a queue throws that takes nothing. */
export class QueueShut extends Error {
  constructor() {
    super("The queue takes nothing");
  }
}

/**
 * What a verb gets: with a death in it, the transactions of somebody who dies there and is never heard of again. What else was under way
 * then ends first: a row that the dead still held would be passed by, as it should be, and taken for forgotten.
 */
export function mortal(ctx: Context<SystemActor>, death: Death): Context<SystemActor> {
  if (death === null) return ctx;
  let left = death.at;
  const underWay: Promise<unknown>[] = [];
  const begin: typeof ctx.unitOfWork = (work) => {
    const ending = ctx.unitOfWork(work);
    underWay.push(ending);
    return ending;
  };
  return {
    ...ctx,
    async unitOfWork(work) {
      left -= 1;
      if (left >= 0) return begin(work);
      if (left === -1 && death.isCommitted) await begin(work);
      await Promise.allSettled(underWay);
      throw new Died();
    },
  };
}

/** The result, or null of somebody who died, or found the queue shut: nobody hears of that. */
export async function alive<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Died || error instanceof QueueShut) return null;
    throw error;
  }
}
