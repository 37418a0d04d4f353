"use client";
import Link from "next/link";
import { useState } from "react";
import { errorMessage, isNotFound } from "../../api/api-error.ts";
import { unsubscribe } from "../../api/mails.ts";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "../session/door.module.css";

/** What each kind is called to whoever gets it. */
const KINDS = new Map([
  ["digest", "the week’s digest"],
  ["export_ready", "mails about exports"],
]);

type Attempt =
  | { is: "idle" }
  | { is: "busy" }
  | { is: "done"; address: string }
  /** `isOver`: the link is none, and another press would not help. */
  | { is: "failed"; why: string; isOver: boolean };

/** Where a mail's link against more of its kind leads. Opening it changes nothing, because mail scanners open every link. */
export function Unsubscribe() {
  const fragment = useBrowserValue(() => window.location.hash);
  const [attempt, setAttempt] = useState<Attempt>({ is: "idle" });
  if (fragment === null) return <div className={styles.stack} />;
  const carried = new URLSearchParams(fragment.slice(1));
  const token = carried.get("token");
  const what = KINDS.get(carried.get("kind") ?? "") ?? "these mails";

  if (token === null || (attempt.is === "failed" && attempt.isOver)) {
    return (
      <div className={styles.stack}>
        <h1>This link does not work</h1>
        <p className="second" role={token === null ? undefined : "alert"}>
          {attempt.is === "failed" ? attempt.why : "It is not whole: the mail program may have cut it."} You can also
          choose your mails in the settings.
        </p>
        <Link className={buttonClass({ size: "lg" })} href="/settings">
          Go to the settings
        </Link>
      </div>
    );
  }
  if (attempt.is === "done") {
    return (
      <div className={styles.stack} role="status">
        <h1>Done</h1>
        <p className="second">
          <b className="strong">{attempt.address}</b> gets {what} no more. In the settings you can turn them on again.
        </p>
      </div>
    );
  }

  async function stop(using: string) {
    setAttempt({ is: "busy" });
    try {
      const { address } = await unsubscribe(using);
      setAttempt({ is: "done", address });
    } catch (error) {
      setAttempt({ is: "failed", why: errorMessage(error), isOver: isNotFound(error) });
    }
  }

  return (
    <div className={styles.stack}>
      <h1>No more of these mails?</h1>
      <p className="second">
        You would get {what} no more. Mails that you ask for, such as a link to sign in, still come.
      </p>
      <Button look="primary" size="lg" busy={attempt.is === "busy"} onClick={() => stop(token)}>
        {attempt.is === "busy" ? "Turning them off" : "Send no more"}
      </Button>
      {attempt.is === "failed" && (
        <Notice tone="bad" role="alert">
          {attempt.why}
        </Notice>
      )}
    </div>
  );
}
