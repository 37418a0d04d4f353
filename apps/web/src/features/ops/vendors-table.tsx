import type { VendorHealthView } from "@earwitness/shared";
import { CircleCheck, CircleX, RefreshCw } from "lucide-react";
import { seconds } from "../../format/time.ts";
import { Notice } from "../../ui/notice.tsx";
import { Status } from "../../ui/status.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { OpsSection, OpsTable } from "./ops-section.tsx";
import { BREAKER_WORDS, breakerWords, vendorName } from "./vendor-words.ts";

const SHAPES = {
  closed: { tone: "good", shape: CircleCheck },
  half_open: { tone: "warn", shape: RefreshCw },
  open: { tone: "bad", shape: CircleX },
} as const;

/** Each vendor that is let alone for its failures, above everything else. */
export function BreakerNotices({ vendors }: { vendors: readonly VendorHealthView[] }) {
  return vendors
    .filter(({ breaker }) => breaker !== "closed")
    .map((health) => (
      <Notice
        key={health.vendor}
        tone="warn"
        role="status"
        action={
          <a className={styles.show} href="#vendors">
            Show requests
          </a>
        }
      >
        <b className="strong">
          {vendorName(health.vendor)} {health.breaker === "open" ? "fails." : "is being tried again."}
        </b>{" "}
        {breakerWords(health)}
      </Notice>
    ));
}

/** How vendors answered jobs lately. */
export function VendorsTable({ vendors }: { vendors: readonly VendorHealthView[] | undefined }) {
  return (
    <OpsSection id="vendors" title="Vendors">
      {vendors?.length === 0 && <p className="quiet">How vendors do cannot be found out now.</p>}
      {vendors && vendors.length > 0 && (
        <OpsTable label="Vendors">
          <thead>
            <tr>
              <th>Vendor</th>
              <th>Breaker</th>
              <th className="num">Running</th>
              <th className="num">Failed</th>
              <th className="num">p95</th>
              <th>Last failure</th>
            </tr>
          </thead>
          <tbody>
            {vendors.map((health) => (
              <VendorRow key={health.vendor} health={health} />
            ))}
          </tbody>
        </OpsTable>
      )}
    </OpsSection>
  );
}

function VendorRow({ health }: { health: VendorHealthView }) {
  const { vendor, breaker, running, atMost, recentFailures, recentRequests, p95Ms, lastFailure } = health;
  const { tone, shape } = SHAPES[breaker];
  return (
    <tr>
      <th scope="row">{vendorName(vendor)}</th>
      <td>
        <Status tone={tone} shape={shape}>
          {BREAKER_WORDS[breaker]}
        </Status>
      </td>
      <td className="num">
        {running} of {atMost}
      </td>
      <td className="num">
        {recentFailures} of {recentRequests}
      </td>
      <td className="num second">{p95Ms === null ? "–" : seconds(p95Ms)}</td>
      <td className={styles.wrapped}>
        {lastFailure === null ? (
          <span className="quiet">none known</span>
        ) : (
          <>
            {lastFailure.message}{" "}
            <span className="quiet">
              (<Moment instant={lastFailure.at} />)
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
