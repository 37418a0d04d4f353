"use client";
import { ButtonGroup } from "../../../ui/button-group.tsx";
import { SwitchRow } from "../../../ui/check.tsx";
import { useSingleKeys } from "../../shell/use-keys.ts";
import { SCHEMES, useScheme } from "../../shell/use-scheme.ts";
import { Section } from "../section.tsx";
import styles from "../settings.module.css";

const SCHEME_CHOICES = SCHEMES.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

/** What this browser keeps for itself. */
export function BrowserSection() {
  const [scheme, setScheme] = useScheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Section id="browser" title="This browser" text="Kept here alone; other devices choose for themselves.">
      <p className={styles.label}>Colour scheme</p>
      <ButtonGroup label="Colour scheme" options={SCHEME_CHOICES} value={scheme} onChoose={setScheme} />
      <SwitchRow
        label="Letters and signs act as keys"
        hint="Press ? on any screen to see them."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Section>
  );
}
