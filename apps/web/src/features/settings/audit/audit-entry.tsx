"use client";
import type { AuditEntryView } from "@earwitness/shared";
import Link from "next/link";
import { timeWithMs } from "../../../format/time.ts";
import { Button } from "../../../ui/button.tsx";
import { Facts } from "../../../ui/facts.tsx";
import { Moment } from "../moment.tsx";
import { deviceName } from "../profile/device-name.ts";
import styles from "./audit.module.css";
import { ACTION_WORDS, type NameOf, whatWords } from "./audit-words.ts";
import { callOf, detailLines, stretchWords } from "./entry-details.ts";

export interface AuditEntryProps {
  entry: AuditEntryView;
  nameOf: NameOf;
  /** Asks for the entries about the same thing alone. */
  onOnlyThis: (objectId: string) => void;
}

/** One line of the log in plain words; behind it, the entry as it is kept. */
export function AuditEntry({ entry, nameOf, onOnlyThis }: AuditEntryProps) {
  const { at, ipAddress, userAgent, actor } = entry;
  const device = deviceName(userAgent);
  return (
    <li className={styles.entry}>
      <p>
        <b className="strong">{actor.name ?? (actor.kind === "system" ? "The system" : actor.id)}</b>{" "}
        {actor.kind === "apiKey" && <span className="quiet">(API key) </span>}
        <Deed entry={entry} nameOf={nameOf} />
      </p>
      {detailLines(entry).map(({ name, before, after }) => (
        <p key={name} className={`small ${styles.change}`}>
          {name}:{" "}
          {before !== null && (
            <>
              <del>{before}</del> <span aria-hidden="true">→</span> <span className="vh">now</span>
            </>
          )}
          {after}
        </p>
      ))}
      <p className="quiet small">
        <Moment instant={at} />
        {device && ` · ${device}`}
        {ipAddress && (
          <>
            {" · from "}
            <span className="receipt">{ipAddress}</span>
          </>
        )}
      </p>
      <details>
        <summary>
          Receipt <span className="vh">of entry {entry.n}</span>
        </summary>
        <Receipt entry={entry} onOnlyThis={onOnlyThis} />
      </details>
    </li>
  );
}

/** What was done, to what: `played 0:12 to 0:34 of a call’s recording`. */
function Deed({ entry, nameOf }: Pick<AuditEntryProps, "entry" | "nameOf">) {
  const { did, what } = ACTION_WORDS[entry.action];
  const words = whatWords(entry, nameOf);
  const stretch = stretchWords(entry);
  const callId = callOf(entry);
  const isRecording = entry.object.kind === "recording";
  if (callId !== null && (isRecording || what === "object")) {
    return (
      <>
        {did} {stretch && `${stretch} of `}
        <Link href={`/calls/${callId}`} prefetch={false}>
          {isRecording ? "a call’s recording" : "a call"}
        </Link>
      </>
    );
  }
  return words === null ? did : `${did} ${words}`;
}

function Receipt({ entry, onOnlyThis }: Pick<AuditEntryProps, "entry" | "onOnlyThis">) {
  const { n, at, actor, object, requestId, userAgent, previousSha256, sha256 } = entry;
  const facts = [
    { key: "n", name: "Entry", value: n },
    { key: "at", name: "At", value: timeWithMs(at) },
    { key: "actor", name: "By", value: <Id value={actor.id ?? actor.kind} /> },
    { key: "object", name: "On", value: <Id value={object.id} /> },
    ...(requestId === null ? [] : [{ key: "request", name: "Request", value: <Id value={requestId} /> }]),
    ...(userAgent === null ? [] : [{ key: "agent", name: "Browser", value: <Id value={userAgent} /> }]),
    { key: "previous", name: "SHA-256 before", value: <Id value={previousSha256} /> },
    { key: "sha256", name: "SHA-256", value: <Id value={sha256} /> },
  ];
  return (
    <div className={styles.receipt}>
      <Facts facts={facts} />
      <p>
        <Button look="line" size="sm" onClick={() => onOnlyThis(object.id)}>
          Only entries about this
        </Button>
      </p>
    </div>
  );
}

function Id({ value }: { value: string }) {
  return <span className="receipt">{value}</span>;
}
