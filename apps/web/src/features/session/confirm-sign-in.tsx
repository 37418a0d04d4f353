"use client";
import Link from "next/link";
import { useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { returnPath } from "../../api/sign-in-address.ts";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { confirmSignIn, readMailedLink, SignInError } from "./auth.ts";
import styles from "./door.module.css";

type Attempt = { is: "idle" } | { is: "busy" } | { is: "failed"; why: string; isSpent: boolean };

/**
 * Where a mailed link leads. Opening it uses nothing up: mail scanners open every link, some even run its scripts. Only the
 * press of the button, by a person who sees whose account it is, sends the token.
 */
export function ConfirmSignIn() {
  const fragment = useBrowserValue(() => window.location.hash);
  const [attempt, setAttempt] = useState<Attempt>({ is: "idle" });
  const link = fragment === null ? null : readMailedLink(fragment);

  if (fragment === null) return <div className={styles.stack} />;
  if (!link || (attempt.is === "failed" && attempt.isSpent)) {
    return (
      <div className={styles.stack}>
        <h1>This link does not work</h1>
        <p className="second" role={link ? "alert" : undefined}>
          {attempt.is === "failed" ? attempt.why : "It is not whole: the mail program may have cut it."} A new one takes
          a moment.
        </p>
        <Link className={buttonClass({ look: "primary", size: "lg" })} href="/login">
          Mail me a new link
        </Link>
      </div>
    );
  }

  async function signIn(using: NonNullable<typeof link>) {
    setAttempt({ is: "busy" });
    try {
      await confirmSignIn(using);
      window.location.replace(returnPath(using.callbackUrl, window.location.origin));
    } catch (error) {
      const isSpent = error instanceof SignInError && error.needsNewLink;
      setAttempt({ is: "failed", why: errorMessage(error), isSpent });
    }
  }

  return (
    <div className={styles.stack}>
      <h1>Sign in</h1>
      <p className="second">
        As <b className="strong">{link.email}</b>. If that is not you, close this page: nothing has happened yet.
      </p>
      <Button look="primary" size="lg" busy={attempt.is === "busy"} onClick={() => signIn(link)}>
        {attempt.is === "busy" ? "Signing in" : "Sign in"}
      </Button>
      {attempt.is === "failed" && (
        <Notice tone="bad" role="alert">
          {attempt.why}
        </Notice>
      )}
    </div>
  );
}
