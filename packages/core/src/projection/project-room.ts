import type { CallRoomDoor } from "../call/room-door.ts";
import type { Context, SystemActor } from "../context.ts";
import { projectPage } from "./project-page.ts";

/** A call of hours makes hundreds of facts; a room that has more than this for one run announces the rest again. */
const MAX_PAGES = 50;

/**
 * Puts what a room has to tell into the record, and tells the room how far that is. Safe to run again and at once: the
 * record's cursor decides. The room is asked outside of the transaction and told after it: when the answer is lost, the
 * room announces again and hears it then. Returns the number of facts that were new.
 */
export async function projectRoom(
  ctx: Context<SystemActor>,
  door: Pick<CallRoomDoor, "factsAfter" | "confirm">,
  room: string,
): Promise<number> {
  const first = await ctx.unitOfWork((tx) => tx.rooms.projectedN(room));
  let reached = first;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await door.factsAfter(reached);
    if (page.facts.length > 0) {
      const cursor = await ctx.unitOfWork((tx) => projectPage(ctx, tx, room, page));
      reached = cursor.projectedN;
    }
    if (reached > 0) await door.confirm(reached);
    if (!page.more) break;
  }
  return reached - first;
}
