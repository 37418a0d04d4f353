"use client";
import type { RecordingView } from "@earwitness/shared";
import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { exactBytes } from "../../../format/size.ts";
import { dayAndTime, exactInstant, seconds } from "../../../format/time.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Facts } from "../../../ui/facts.tsx";
import { Icon } from "../../../ui/icon.tsx";
import styles from "./record.module.css";

/** The proof of a stored recording: its digest, where it lies, and how big it is; to be compared with the file at any time. */
export function Receipt({ recording }: { recording: RecordingView }) {
  const { sha256, sizeBytes, r2Key, storedAt } = recording;
  const [isCopied, setIsCopied] = useState(false);
  if (sha256 === null || sizeBytes === null || r2Key === null || storedAt === null) return null;

  async function copy() {
    const text = `${recording.id}\n${r2Key}\n${sizeBytes} bytes\nSHA-256 ${sha256}\nstored ${storedAt}\n`;
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 2_000);
  }

  return (
    <section className={styles.section} aria-labelledby={`receipt-${recording.id}`}>
      <h2 id={`receipt-${recording.id}`}>
        Receipt
        <Button size="sm" square aria-label={isCopied ? "Copied" : "Copy the receipt"} onClick={copy}>
          <Icon of={isCopied ? Check : Copy} small />
        </Button>
        <a
          className={buttonClass({ size: "sm", square: true })}
          href={`/api/v1/recordings/${recording.id}/audio`}
          download={`${recording.callId}.wav`}
          aria-label="Download the recording"
          title="Download the recording"
        >
          <Icon of={Download} small />
        </a>
      </h2>
      <p className={`receipt ${styles.hash}`} title="SHA-256 of the stored bytes">
        {sha256.match(/.{1,8}/g)?.map((part, i) => (
          <span key={i}>{part}</span>
        ))}
      </p>
      <p className="quiet small">
        SHA-256 of {exactBytes(sizeBytes)}, written once{" "}
        <time dateTime={storedAt} title={exactInstant(storedAt)}>
          {dayAndTime(storedAt, new Date())}
        </time>
        .
      </p>
      <Facts
        facts={[
          { key: "key", name: "Key in R2", value: <span className="receipt">{r2Key}</span> },
          {
            key: "form",
            name: "Form",
            value: [
              recording.contentType,
              recording.channels && `${recording.channels} ${recording.channels === 1 ? "channel" : "channels"}`,
              recording.durationMs && seconds(recording.durationMs),
            ]
              .filter(Boolean)
              .join(", "),
          },
        ]}
      />
    </section>
  );
}
