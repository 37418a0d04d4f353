"use client";
import { useQuery } from "@tanstack/react-query";
import { Component, type LucideIcon, Phone, Radio, Settings, TextSearch, Wrench } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { meQuery } from "../../api/queries.ts";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/mark.tsx";
import { useInBrowser } from "../../ui/use-in-browser.ts";
import { OpenCallsCount } from "./open-calls-count.tsx";
import { OpsCount } from "./ops-count.tsx";
import styles from "./rail.module.css";
import { RailFoot } from "./rail-foot.tsx";
import { WorkspaceSwitcher } from "./workspace-switcher.tsx";

/** The places of the product. Below 900 px it is a bar at the foot of the screen. */
export default function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const me = useQuery(meQuery).data;
  // It is taken over late: the answer may be there before it, which the prerendered page could not know.
  const isInBrowser = useInBrowser();
  return (
    <nav className={styles.rail} aria-label="Places">
      <Link className={styles.brand} href="/calls">
        <Mark />
        Earwitness
      </Link>
      <WorkspaceSwitcher me={isInBrowser ? me : undefined} />
      <Place href="/live" name="Live" icon={Radio} end={isInBrowser && <OpenCallsCount />} />
      <Place href="/calls" name="Calls" icon={Phone} />
      <Place href="/search" name="Search" icon={TextSearch} />
      <p className={styles.head}>Keep it running</p>
      {isInBrowser && me?.may.includes("ops:read") && <Place href="/ops" name="Ops" icon={Wrench} end={<OpsCount />} />}
      <Place href="/settings" name="Settings" icon={Settings} />
      <Place href="/pieces" name="Pieces" icon={Component} isExtra />
      <div className={styles.foot}>
        <RailFoot user={isInBrowser ? me?.user : undefined} onShowKeys={onShowKeys} />
      </div>
    </nav>
  );
}

interface PlaceProps {
  href: string;
  name: string;
  icon: LucideIcon;
  /** What stands at the end of the line, such as a count. */
  end?: ReactNode;
  /** Left out of the bar on a phone. */
  isExtra?: boolean;
}

function Place({ href, name, icon, end, isExtra }: PlaceProps) {
  const path = usePathname();
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <Link className={styles.place} href={href} aria-current={isHere ? "page" : undefined} data-extra={isExtra}>
      <Icon of={icon} />
      {name}
      {end}
    </Link>
  );
}
