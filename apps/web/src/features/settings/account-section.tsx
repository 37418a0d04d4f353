"use client";
import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { meQuery } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonGroup } from "../../ui/button-group.tsx";
import { SwitchRow } from "../../ui/check.tsx";
import { Icon } from "../../ui/icon.tsx";
import { leave } from "../session/leave.ts";
import { useSingleKeys } from "../shell/use-keys.ts";
import { SCHEMES, useScheme } from "../shell/use-scheme.ts";
import { OwnPhone } from "./own-phone.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";

const SCHEME_CHOICES = SCHEMES.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

/** Who is signed in, and what this browser keeps for itself. */
export function AccountSection() {
  const { data: me } = useQuery(meQuery);
  const [scheme, setScheme] = useScheme();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Section id="account" title="Account" text="You, and how this browser shows things.">
      <OwnPhone />
      <p className={styles.label}>Colour scheme</p>
      <ButtonGroup label="Colour scheme" options={SCHEME_CHOICES} value={scheme} onChoose={setScheme} />
      <SwitchRow
        label="Letters and signs act as keys"
        hint="Press ? on any screen to see them."
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
      <p className={styles.leave}>
        <Button
          look="line"
          busy={isLeaving}
          onClick={() => {
            setIsLeaving(true);
            void leave();
          }}
        >
          {!isLeaving && <Icon of={LogOut} small />}
          Sign out
        </Button>
        {me && <span className="quiet small">Signed in as {me.user.email}</span>}
      </p>
    </Section>
  );
}
