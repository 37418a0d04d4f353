"use client";
import Link from "next/link";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { buttonClass } from "../../ui/button.tsx";
import styles from "./door.module.css";

/** What the `error` of the address means (the codes are Auth.js's own, and `SignOut` ours). */
const MEANINGS: Record<string, { title: string; text: string; action: string; href: string }> = {
  Verification: {
    title: "This link does not work",
    text: "It was used before, or is older than 15 minutes. A new one takes a moment.",
    action: "Mail me a new link",
    href: "/login",
  },
  AccessDenied: {
    title: "Not let in",
    text: "This address may not sign in here. Ask whoever runs this workspace.",
    action: "Use another address",
    href: "/login",
  },
  SignOut: {
    title: "Still signed in",
    text: "The server did not answer, so the session is still open. Try again before you leave this machine to others.",
    action: "Back to the calls",
    href: "/calls",
  },
};
const OTHER = {
  title: "Sign-in failed",
  text: "The server could not finish it. Nothing was changed. Whoever runs this server finds the cause in its log.",
  action: "Try again",
  href: "/login",
};

export function SignInFailed() {
  const code = useBrowserValue(() => new URLSearchParams(window.location.search).get("error") ?? "");
  if (code === null) return <div className={styles.stack} />;
  const { title, text, action, href } = MEANINGS[code] ?? OTHER;
  return (
    <div className={styles.stack}>
      <h1>{title}</h1>
      <p className="second">{text}</p>
      <Link className={buttonClass({ look: "primary", size: "lg" })} href={href}>
        {action}
      </Link>
    </div>
  );
}
