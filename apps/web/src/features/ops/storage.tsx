import type { OpsView } from "@earwitness/shared";
import { counted, exactBytes, shortBytes } from "../../format/size.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { OpsSection } from "./ops-section.tsx";

/** What this workspace keeps, and whether the storage is as the record says. */
export function Storage({ storage }: { storage: OpsView["storage"] | undefined }) {
  const known = <T,>(show: (of: OpsView["storage"]) => T) => (storage === undefined ? "–" : show(storage));
  const facts = [
    {
      key: "audio",
      name: "Audio",
      value: known(({ audioBytes, recordings }) => (
        <>
          <span title={exactBytes(audioBytes)}>{shortBytes(audioBytes)}</span> in {counted(recordings, "recording")}
        </>
      )),
    },
    { key: "trash", name: "In the trash", value: known(({ inTrash }) => counted(inTrash, "call")) },
    { key: "held", name: "Held", value: known(({ held }) => counted(held, "legal hold")) },
    {
      key: "findings",
      name: "Not as recorded",
      value: known(({ findings }) =>
        findings === 0 ? "nothing found" : <b className={styles.need}>{counted(findings, "file")}</b>,
      ),
    },
    {
      key: "checked",
      name: "Checksums last checked",
      value: known(({ lastChecksumAt }) => (lastChecksumAt === null ? "not yet" : <Moment instant={lastChecksumAt} />)),
    },
  ];
  return (
    <OpsSection id="storage" title="Storage">
      <Facts facts={facts} />
    </OpsSection>
  );
}
