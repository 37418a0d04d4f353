import type { CallRoomDoor } from "../call/room-door.ts";

/** The room of a name, for what a person may ask of it. Its methods throw `unavailable` when the room does not answer. */
export type CallRooms = (room: string) => Pick<CallRoomDoor, "placeCall" | "hangUp" | "steer" | "deliver">;
