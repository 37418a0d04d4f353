import type { Metadata } from "next";
import { InvitationEntry } from "../../../features/invitation/invitation-entry.tsx";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default function InvitationPage() {
  return <InvitationEntry />;
}
