import type { RoomRepository } from "@earwitness/core";
import { EarwitnessError } from "@earwitness/shared";
import { and, eq } from "drizzle-orm";
import { roomCursors } from "../schema/index.ts";
import type { Scope } from "../scope.ts";

export function roomRepository({ db, clock }: Scope): RoomRepository {
  return {
    async projectedN(room) {
      const [cursor] = await db
        .select({ projectedN: roomCursors.projectedN })
        .from(roomCursors)
        .where(eq(roomCursors.room, room));
      return cursor?.projectedN ?? 0;
    },
    async lock(room) {
      await db.insert(roomCursors).values({ room }).onConflictDoNothing();
      const [cursor] = await db.select().from(roomCursors).where(eq(roomCursors.room, room)).for("update");
      if (cursor === undefined) throw new EarwitnessError("conflict", "The room's cursor was removed meanwhile.");
      return cursor;
    },
    async advance(from, to) {
      const advanced = await db
        .update(roomCursors)
        .set({
          callId: to.callId,
          workspaceId: to.workspaceId,
          projectedN: to.projectedN,
          updatedAt: clock.now(),
        })
        .where(and(eq(roomCursors.room, from.room), eq(roomCursors.projectedN, from.projectedN)))
        .returning({ room: roomCursors.room });
      if (advanced.length === 0) throw new EarwitnessError("conflict", "Another projection of the room was faster.");
    },
  };
}
