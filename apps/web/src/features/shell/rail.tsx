"use client";
import { useQuery } from "@tanstack/react-query";
import { Component, Keyboard, type LucideIcon, Phone, Settings, SunMoon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { lazy, Suspense } from "react";
import { meQuery } from "../../api/queries.ts";
import { Icon } from "../../ui/icon.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Mark } from "../../ui/mark.tsx";
import styles from "./rail.module.css";
import { SCHEMES, useScheme } from "./use-scheme.ts";

const Account = lazy(() => import("./account.tsx"));

/** The places of the product. Below 900 px it is a bar at the foot of the screen. */
export function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const { data: me } = useQuery(meQuery);
  const [scheme, setScheme] = useScheme();
  const nextScheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? "system";
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
        <button className={styles.place} type="button" onClick={() => setScheme(nextScheme)}>
          <Icon of={SunMoon} />
          Scheme: {scheme}
        </button>
        <button className={styles.place} type="button" onClick={onShowKeys}>
          <Icon of={Keyboard} />
          Keys
          <span className={styles.end}>
            <Kbd>?</Kbd>
          </span>
        </button>
        {me && (
          <Suspense>
            <Account user={me.user} />
          </Suspense>
        )}
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
