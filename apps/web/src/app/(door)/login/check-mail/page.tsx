import type { Metadata } from "next";
import { CheckMail } from "../../../../features/session/check-mail.tsx";

export const metadata: Metadata = { title: "Look in your mail" };

export default function CheckMailPage() {
  return <CheckMail />;
}
