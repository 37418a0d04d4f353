"use client";
import type { AcceptedContact } from "@earwitness/shared";
import { useCallback, useEffect, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { readContactForm } from "../../api/contact.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "../session/door.module.css";
import { ContactForm } from "./contact-form.tsx";
import { SentMessage } from "./sent-message.tsx";
import type { Written } from "./wrong-with.ts";

const EMPTY: Written = { name: "", email: "", text: "", website: "" };

type Shown =
  /** Whether anybody reads it is still being asked: meanwhile one can write. */
  { is: "form" } | { is: "closed" } | { is: "unread"; why: string } | { is: "accepted"; accepted: AcceptedContact };

/** A form by which anybody writes to those who run this deployment, and hears what became of it. */
export function Contact() {
  const [shown, setShown] = useState<Shown>({ is: "form" });
  const [written, setWritten] = useState<Written>(EMPTY);

  const ask = useCallback(async (signal: AbortSignal) => {
    try {
      const { isOpen } = await readContactForm(signal);
      setShown({ is: isOpen ? "form" : "closed" });
    } catch (error) {
      if (!signal.aborted) setShown({ is: "unread", why: errorMessage(error) });
    }
  }, []);
  useEffect(() => {
    const leaving = new AbortController();
    void ask(leaving.signal);
    return () => leaving.abort();
  }, [ask]);

  switch (shown.is) {
    case "form":
      return (
        <ContactForm
          written={written}
          onWrite={setWritten}
          onAccepted={(accepted) => setShown({ is: "accepted", accepted })}
        />
      );
    case "accepted":
      return (
        <SentMessage
          accepted={shown.accepted}
          email={written.email.trim()}
          onTryAgain={() => setShown({ is: "form" })}
        />
      );
    case "closed":
      return (
        <div className={styles.stack}>
          <h1>Nobody reads here</h1>
          <p className="second">
            No contact form is set up on this deployment. Write to whoever gave you this address.
          </p>
        </div>
      );
    case "unread":
      return (
        <div className={styles.stack}>
          <h1>Write to us</h1>
          <Notice tone="bad" role="alert">
            {shown.why}
          </Notice>
          <Button look="line" size="lg" onClick={() => void ask(new AbortController().signal)}>
            Try again
          </Button>
        </div>
      );
  }
}
