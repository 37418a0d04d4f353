import type { AcceptedContact } from "@earwitness/shared";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "../session/door.module.css";
import { useContactStatus } from "./use-contact-status.ts";

export interface SentMessageProps {
  accepted: AcceptedContact;
  /** Where an answer goes. */
  email: string;
  /** Back to the form, with what was typed. */
  onTryAgain: () => void;
}

/** What becomes of a message that was taken. */
export function SentMessage({ accepted, email, onTryAgain }: SentMessageProps) {
  const state = useContactStatus(accepted);
  return (
    <div className={styles.stack} role="status">
      {state === "queued" && (
        <>
          <h1>On its way</h1>
          <p className="second">Your message is kept, and is being mailed. You need not wait for it.</p>
        </>
      )}
      {state === "sent" && (
        <>
          <h1>Sent</h1>
          <p className="second">
            Thank you. An answer goes to <b className="strong">{email}</b>.
          </p>
        </>
      )}
      {state === "failed" && (
        <>
          <h1>Not sent</h1>
          <Notice tone="bad">The message could not be mailed. What you wrote is still here.</Notice>
          <Button look="primary" size="lg" onClick={onTryAgain}>
            Try again
          </Button>
        </>
      )}
    </div>
  );
}
