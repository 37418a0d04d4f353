"use client";
import { useQuery } from "@tanstack/react-query";
import { Component, type LucideIcon, Phone, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { lazy, Suspense } from "react";
import { meQuery } from "../../api/queries.ts";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/mark.tsx";
import styles from "./rail.module.css";

// Prerendered with the rest, and taken over by React once its own file has come.
const RailFoot = lazy(() => import("./rail-foot.tsx"));

/** The places of the product. Below 900 px it is a bar at the foot of the screen. */
export function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const { data: me } = useQuery(meQuery);
  return (
    <nav className={styles.rail} aria-label="Places">
      <Link className={styles.brand} href="/calls">
        <Mark />
        Earwitness
      </Link>
      <p className={styles.workspace}>{me?.workspace.name ?? "\u00a0"}</p>
      <Place href="/calls" name="Calls" icon={Phone} />
      <p className={styles.head}>Keep it running</p>
      <Place href="/settings" name="Settings" icon={Settings} />
      <Place href="/pieces" name="Pieces" icon={Component} isExtra />
      <div className={styles.foot}>
        <Suspense>
          <RailFoot user={me?.user} onShowKeys={onShowKeys} />
        </Suspense>
      </div>
    </nav>
  );
}

interface PlaceProps {
  href: string;
  name: string;
  icon: LucideIcon;
  /** Left out of the bar on a phone. */
  isExtra?: boolean;
}

function Place({ href, name, icon, isExtra }: PlaceProps) {
  const path = usePathname();
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <Link className={styles.place} href={href} aria-current={isHere ? "page" : undefined} data-extra={isExtra}>
      <Icon of={icon} />
      {name}
    </Link>
  );
}
