"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { meQuery } from "../../api/queries.ts";
import { useMay } from "../../api/use-may.ts";
import { LinkStatus } from "../../live/link-status.tsx";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Empty } from "../../ui/empty.tsx";
import { ExportsSection } from "../exports/exports-section.tsx";
import { Failure, type FailureProps } from "../failure/failure.tsx";
import { Bar } from "../shell/bar.tsx";
import { ApiKeysSection } from "./api-keys-section.tsx";
import { AuditSection } from "./audit/audit-section.tsx";
import { MembersSection } from "./members/members-section.tsx";
import { NumbersSection } from "./numbers-section.tsx";
import { ProfileSection } from "./profile/profile-section.tsx";
import { RetentionSection } from "./retention/retention-section.tsx";
import { aRole } from "./roles.ts";
import { RowsSkeleton } from "./rows.tsx";
import { SECTIONS, type SectionId, sectionOf } from "./sections.ts";
import styles from "./settings.module.css";
import { TrashSection } from "./trash-section.tsx";
import { WorkspaceSection } from "./workspace/workspace-section.tsx";

const CONTENT: Record<SectionId, () => ReactNode> = {
  profile: ProfileSection,
  members: MembersSection,
  numbers: NumbersSection,
  "api-keys": ApiKeysSection,
  workspace: WorkspaceSection,
  retention: RetentionSection,
  trash: TrashSection,
  exports: ExportsSection,
  "audit-log": AuditSection,
};

/**
 * What belongs to the person, the workspace and this browser, one matter at a time: the address's fragment names it. Sixty
 * members and a year's log do not share one scroll.
 */
export default function SettingsScreen() {
  const { data: me, error, isFetching, refetch } = useQuery(meQuery);
  const may = useMay();
  const shown = sectionOf(useBrowserValue(() => window.location.hash) ?? "");
  const strip = useRef<HTMLElement>(null);
  const { name, needs } = SECTIONS.find(({ id }) => id === shown) ?? SECTIONS[0];
  const Content = CONTENT[shown];

  useEffect(() => {
    if (!me) return;
    // On a phone the sections are a strip that scrolls: the chosen one must be in sight, once they are there.
    strip.current?.querySelector(`[href="#${shown}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown, me]);

  return (
    <>
      <Bar title="Settings" beside={<span className="second no-phone">{me?.workspace.name}</span>}>
        <LinkStatus />
      </Bar>
      <div className={styles.settings}>
        <nav className={styles.nav} aria-label="Sections" ref={strip}>
          {SECTIONS.filter((section) => may(section.needs)).map((section) => (
            <a key={section.id} href={`#${section.id}`} aria-current={section.id === shown ? "true" : undefined}>
              {section.name}
            </a>
          ))}
        </nav>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <section className={styles.body} key={shown} tabIndex={0} aria-label={`Settings: ${name}`}>
          {may(needs) ? (
            <Content />
          ) : me ? (
            <Empty title={`${name}: not for your role`} className={styles.closed}>
              You are {aRole(me.role)} in {me.workspace.name}. An owner or an admin can see and change this, or change
              your role.
            </Empty>
          ) : (
            <Unknown error={error} isTrying={isFetching} onTryAgain={refetch} />
          )}
        </section>
      </div>
    </>
  );
}

/** Until it is known what whoever looks may see here. */
function Unknown({ error, isTrying, onTryAgain }: Required<Pick<FailureProps, "error" | "isTrying" | "onTryAgain">>) {
  if (!error) {
    return (
      <div className={styles.closed}>
        <RowsSkeleton />
      </div>
    );
  }
  return (
    <Failure
      title="The settings did not load"
      error={error}
      meaning="Nothing was changed."
      isTrying={isTrying}
      onTryAgain={onTryAgain}
      className={styles.closed}
    />
  );
}
