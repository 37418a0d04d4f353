import type { BacklogView, OpsView, QueueView } from "@earwitness/shared";
import { isLateWait, waited } from "./duration-words.ts";
import styles from "./ops.module.css";
import { OpsSection, OpsTable } from "./ops-section.tsx";
import { Sparkline } from "./sparkline.tsx";
import { BACKLOGS, QUEUES } from "./work-words.ts";

/** What each queue has to do, over all workspaces of the deployment; dashes until it is known. */
export function QueuesTable({ ops }: { ops: OpsView | undefined }) {
  const unknown = ops?.queues.find(({ name }) => name === "unknown");
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
          {BACKLOGS.map(({ name, carries }) => (
            <BacklogRow
              key={name}
              name={name}
              carries={carries}
              backlog={ops?.backlogs.find((backlog) => backlog.name === name)}
            />
          ))}
          {QUEUES.map(({ name, carries }) => (
            <QueueRow
              key={name}
              name={name}
              carries={carries}
              queue={ops?.queues.find((queue) => queue.name === name)}
            />
          ))}
          {unknown && <QueueRow name={unknown.name} carries="kinds that this version does not know" queue={unknown} />}
        </tbody>
      </OpsTable>
      {ops && <OutboxLine outbox={ops.outbox} />}
    </OpsSection>
  );
}

/** A queue of which the platform tells what lies on it and no more. */
function BacklogRow({ name, carries, backlog }: { name: string; carries: string; backlog: BacklogView | undefined }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="second">{carries}</td>
      <td className="num">{backlog?.waiting ?? "–"}</td>
      <Oldest waitMs={backlog?.oldestWaitMs ?? null} />
      <td colSpan={4} />
    </tr>
  );
}

function QueueRow({ name, carries, queue }: { name: string; carries: string; queue: QueueView | undefined }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="second">{carries}</td>
      <td className="num">
        {queue?.waiting ?? "–"}
        {queue && queue.putOff > 0 && <span className="quiet small"> +{queue.putOff} later</span>}
      </td>
      <Oldest waitMs={queue?.oldestWaitMs ?? null} />
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

function Oldest({ waitMs }: { waitMs: number | null }) {
  return (
    <td className={`num ${waitMs !== null && isLateWait(waitMs) ? styles.late : ""}`}>
      {waitMs === null ? "–" : waited(waitMs)}
    </td>
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
