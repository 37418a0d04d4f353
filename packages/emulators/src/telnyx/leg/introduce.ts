import type { Leg } from "./leg.ts";

/**
 * Two people can hear each other for the first time. Where one of them was dialled and has not begun to talk, that one's script is
 * performed between the two; what the other leg's script had left is not said.
 */
export function introduce(leg: Leg, other: Leg): void {
  const newcomer = [other, leg].find((side) => side.direction === "outgoing" && side.conversation?.isWaiting);
  if (newcomer === undefined) return;
  const veteran = newcomer === leg ? other : leg;
  veteran.conversation?.leave();
  newcomer.conversation?.join(veteran);
}
