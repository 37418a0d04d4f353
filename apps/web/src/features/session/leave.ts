import { leaveByWish } from "../../api/sign-in-address.ts";
import { signOut } from "./auth.ts";

/** Signs out and goes to the front door by a full load, so that nothing of the session stays in memory. */
export async function leave(): Promise<void> {
  try {
    await leaveByWish(signOut);
  } catch {
    window.location.assign("/login/error?error=SignOut");
  }
}
