import type { Metadata } from "next";
import { SignInFailed } from "../../../../features/session/sign-in-failed.tsx";

export const metadata: Metadata = { title: "Sign-in failed", robots: { index: false } };

export default function SignInErrorPage() {
  return <SignInFailed />;
}
