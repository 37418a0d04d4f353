/** Where the carrier's media socket ends: the ways that are compared, by the names of the door's addresses. */
export const WAYS = {
  pipe: "a bare pipe: a plain Worker passes each frame on",
  accepting: "in the object, by accept()",
  hibernating: "in the object, by acceptWebSocket()",
  handed: "in a plain Worker, which hands over every 250 ms",
} as const;
export type Way = keyof typeof WAYS;
export type RoomWay = Exclude<Way, "pipe">;
