import type { Metadata } from "next";
import { SignInForm } from "../../../features/session/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return <SignInForm />;
}
