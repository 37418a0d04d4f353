import type { Metadata } from "next";
import { ConfirmSignIn } from "../../../../features/session/confirm-sign-in.tsx";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default function ConfirmPage() {
  return <ConfirmSignIn />;
}
