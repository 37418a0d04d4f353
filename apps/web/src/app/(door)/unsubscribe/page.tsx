import type { Metadata } from "next";
import { Unsubscribe } from "../../../features/mail/unsubscribe.tsx";

export const metadata: Metadata = { title: "No more of these mails", robots: { index: false } };

export default function UnsubscribePage() {
  return <Unsubscribe />;
}
