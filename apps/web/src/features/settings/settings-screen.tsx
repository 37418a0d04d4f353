"use client";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/queries.ts";
import { LinkStatus } from "../../live/link-status.tsx";
import { Bar } from "../shell/bar.tsx";
import { AccountSection } from "./account-section.tsx";
import { ApiKeysSection } from "./api-keys-section.tsx";
import { NumbersSection } from "./numbers-section.tsx";
import styles from "./settings.module.css";

const SECTIONS = [
  { id: "numbers", name: "Numbers" },
  { id: "api-keys", name: "API keys" },
  { id: "account", name: "Account" },
] as const;

/** What a workspace's numbers do, who may ask the API, and this browser's own choices. */
export default function SettingsScreen() {
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <Bar title="Settings" beside={<span className="second no-phone">{me?.workspace.name}</span>}>
        <LinkStatus />
      </Bar>
      <div className={styles.settings}>
        <nav className={styles.nav} aria-label="Sections">
          {SECTIONS.map(({ id, name }) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
        <div className={styles.body}>
          <NumbersSection />
          <ApiKeysSection />
          <AccountSection />
        </div>
      </div>
    </>
  );
}
