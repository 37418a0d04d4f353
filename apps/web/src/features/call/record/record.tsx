import type { CallView } from "@earwitness/shared";
import { exactInstant, seconds, timeWithMs, took } from "../../../format/time.ts";
import { Facts } from "../../../ui/facts.tsx";
import { Spinner } from "../../../ui/spinner.tsx";
import { LiveDot } from "../../../ui/status.tsx";
import { stageLines } from "../stages.ts";
import { CoverageView } from "./coverage-view.tsx";
import { Notes } from "./notes.tsx";
import { Receipt } from "./receipt.tsx";
import styles from "./record.module.css";

/** What is known of a call beyond its words: what became of every second, the receipts, what happened when, and the ids. */
export function Record({ call }: { call: CallView }) {
  const lines = stageLines(call.stages);
  return (
    <>
      <CoverageView call={call} />
      <Notes call={call} />
      {call.recordings.map((recording) => (
        <Receipt key={recording.id} recording={recording} />
      ))}
      <section className={styles.section} aria-labelledby="what-happened">
        <h2 id="what-happened">
          What happened <span className={styles.count}>{lines.length}</span>
        </h2>
        <ol className={styles.events}>
          {lines.map((line) => (
            <li key={line.name} data-is={line.state}>
              {line.at === null ? (
                <span className="quiet">{line.state === "running" ? "now" : ""}</span>
              ) : (
                <time dateTime={line.at} title={exactInstant(line.at)}>
                  {timeWithMs(line.at)}
                </time>
              )}
              <span>
                <b>
                  {line.state === "running" && (line.name === "record" ? <LiveDot /> : <Spinner />)}
                  {line.title}
                </b>
                {line.note && <small>{line.note}</small>}
              </span>
              <span className="num">{line.tookMs !== null && took(line.tookMs)}</span>
            </li>
          ))}
        </ol>
      </section>
      <section className={styles.section} aria-labelledby="carrier-ids">
        <h2 id="carrier-ids">The carrier’s side</h2>
        <Facts facts={carrierFacts(call)} />
      </section>
    </>
  );
}

function carrierFacts(call: CallView) {
  const { notices } = call;
  const receipt = (text: string) => <span className="receipt">{text}</span>;
  return [
    { key: "carrier", name: "Carrier", value: call.carrier },
    ...(call.carrierSessionId === null
      ? []
      : [{ key: "session", name: "Session", value: receipt(call.carrierSessionId) }]),
    ...call.legs.map((leg) => ({
      key: leg.carrierLegId,
      name: leg.party === "caller" ? "Caller’s leg" : "Callee’s leg",
      value: (
        <>
          {receipt(leg.carrierLegId)}
          {(leg.carrierCause || leg.sipCode) && (
            <small className={styles.cause}>
              {[leg.carrierCause, leg.sipCode && `SIP ${leg.sipCode}`].filter(Boolean).join(", ")}
            </small>
          )}
        </>
      ),
    })),
    ...call.recordings.flatMap(({ carrierRecordingId }) =>
      carrierRecordingId === null
        ? []
        : [{ key: carrierRecordingId, name: "Recording", value: receipt(carrierRecordingId) }],
    ),
    {
      key: "notices",
      name: "Notices",
      value: `${notices.received} received, ${notices.duplicates} of them again, ${notices.applied} applied`,
    },
    ...(call.durationMs === null || call.durationMs === 0
      ? []
      : [{ key: "answered", name: "Answered for", value: seconds(call.durationMs) }]),
  ];
}
