"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { steerCall } from "../../api/steer.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./dialogs.module.css";
import { createDigitQueue } from "./digit-queue.ts";
import { REFUSED } from "./steer-words.ts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** The keys of a telephone: each is sent as it is pressed, here or on the keyboard. */
export default function KeypadDialog({ callId, onClose }: { callId: string; onClose: () => void }) {
  const [sent, setSent] = useState("");
  const [error, setError] = useState<unknown>(null);
  const queue = useRef<((digit: string) => void) | null>(null);

  function press(digit: string) {
    queue.current ??= createDigitQueue(
      (digits) => steerCall(callId, { action: "send_dtmf", digits }, crypto.randomUUID()),
      setError,
    );
    setError(null);
    setSent((before) => before + digit);
    queue.current(digit);
  }

  function pressByKey(event: KeyboardEvent) {
    const digit = KEYS.find((key) => key === event.key);
    if (digit !== undefined && !event.metaKey && !event.ctrlKey && !event.altKey) press(digit);
  }

  return (
    <Dialog
      title="Keypad"
      onClose={onClose}
      foot={
        <Button look="line" onClick={onClose}>
          Close
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys below are buttons; the keyboard's digits are a shortcut to them */}
      <div className={styles.keypad} onKeyDown={pressByKey}>
        <output className={styles.sent} aria-label="Sent digits">
          {sent === "" ? <span className="quiet">Digits are sent as you press them</span> : sent}
        </output>
        {KEYS.map((key) => (
          <Button key={key} look="line" size="lg" onClick={() => press(key)}>
            {key}
          </Button>
        ))}
      </div>
      {error !== null && (
        <Notice tone="bad" role="alert">
          {REFUSED.send_dtmf} {errorMessage(error)}
        </Notice>
      )}
    </Dialog>
  );
}
