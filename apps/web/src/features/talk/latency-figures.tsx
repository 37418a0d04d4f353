import type { CaptionLatency } from "@earwitness/shared";
import styles from "./talk.module.css";

/** How late captions are, measured in the browsers that show them; nothing before somebody has measured. */
export function LatencyFigures({ latency }: { latency: CaptionLatency | null }) {
  if (latency === null) return null;
  const { count, p50Ms, p95Ms } = latency;
  return (
    <dl
      className={styles.latency}
      title={`From a caption’s last word reaching us to its being painted, over ${count} captions in all browsers that watch`}
    >
      <div>
        <dt>Captions p50</dt>
        <dd>{p50Ms}&nbsp;ms</dd>
      </div>
      <div>
        <dt>p95</dt>
        <dd>{p95Ms}&nbsp;ms</dd>
      </div>
    </dl>
  );
}
