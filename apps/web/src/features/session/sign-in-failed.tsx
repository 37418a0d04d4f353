"use client";
import Link from "next/link";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { buttonClass } from "../../ui/button.tsx";
import styles from "./door.module.css";
import { signInErrorWords } from "./sign-in-error-words.ts";

/** Says in plain words why a sign-in or a linking came to nothing. */
export function SignInFailed() {
  const search = useBrowserValue(() => window.location.search);
  if (search === null) return <div className={styles.stack} />;
  const { title, text, action, href } = signInErrorWords(new URLSearchParams(search));
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
