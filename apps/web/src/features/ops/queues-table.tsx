import type { OpsView, QueueView } from "@earwitness/shared";
import { isLateWait, waited } from "./duration-words.ts";
import styles from "./ops.module.css";
import { OpsSection, OpsTable } from "./ops-section.tsx";
import { Sparkline } from "./sparkline.tsx";
import { QUEUES } from "./work-words.ts";

/** What each queue of jobs has to do, over all workspaces of the deployment; dashes until it is known. */
export function QueuesTable({ ops }: { ops: OpsView | undefined }) {
  return (
    <OpsSection id="queues" title="Queues">
      <OpsTable label="Queues">
        <thead>
          <tr>
            <th>Queue</th>
            <th>Carries</th>
            <th className="num">Waiting</th>
            <th className="num">Oldest</th>
            <th className="num">Running</th>
            <th className="num">Dead</th>
            <th className="num">Done</th>
            <th>Last hour</th>
          </tr>
        </thead>
        <tbody>
          {QUEUES.map(({ name, carries }) => (
            <QueueRow
              key={name}
              name={name}
              carries={carries}
              queue={ops?.queues.find((queue) => queue.name === name)}
            />
          ))}
        </tbody>
      </OpsTable>
      {ops && <OutboxLine outbox={ops.outbox} />}
    </OpsSection>
  );
}

function QueueRow({ name, carries, queue }: { name: string; carries: string; queue: QueueView | undefined }) {
  const oldest = queue?.oldestWaitMs ?? null;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="second">{carries}</td>
      <td className="num">
        {queue?.waiting ?? "–"}
        {queue && queue.putOff > 0 && <span className="quiet small"> +{queue.putOff} later</span>}
      </td>
      <td className={`num ${oldest !== null && isLateWait(oldest) ? styles.late : ""}`}>
        {oldest === null ? "–" : waited(oldest)}
      </td>
      <td className="num">{queue?.running ?? "–"}</td>
      <td className="num">
        {queue && queue.dead > 0 ? (
          <b className={styles.need}>{queue.dead}</b>
        ) : (
          <span className="quiet">{queue ? 0 : "–"}</span>
        )}
      </td>
      <td className="num second">{queue ? `${queue.doneLastHour}/h` : "–"}</td>
      <td>
        {queue && <Sparkline counts={queue.doneByFiveMinutes} label={`${queue.doneLastHour} done in the last hour`} />}
      </td>
    </tr>
  );
}

/** Effects of what is committed already. There are some for a moment after each change; none should wait. */
function OutboxLine({ outbox: { waiting, oldestWaitMs, failing } }: Pick<OpsView, "outbox">) {
  if (waiting === 0 || oldestWaitMs === null) return null;
  return (
    <p className={`small ${isLateWait(oldestWaitMs) ? styles.late : "quiet"}`}>
      Outbox: {waiting} waiting, the oldest for {waited(oldestWaitMs)}
      {failing > 0 && `; ${failing} failed at least once and are tried again`}.
    </p>
  );
}
