"use client";
import { useQuery } from "@tanstack/react-query";
import { Component, Keyboard, LogOut, type LucideIcon, Phone, Settings, SunMoon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { meQuery } from "../../api/queries.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Menu } from "../../ui/menu.tsx";
import { leave } from "../session/leave.ts";
import styles from "./rail.module.css";
import { SCHEMES, useScheme } from "./use-scheme.ts";

/** The places of the product. Below 900 px it is a bar at the foot of the screen. */
export function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const { data: me } = useQuery(meQuery);
  const [scheme, setScheme] = useScheme();
  const nextScheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? "system";
  const person = me?.user.name ?? me?.user.email;
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
        {person && (
          <Menu
            label="Account"
            head={`Signed in as ${me?.user.email}`}
            actions={[{ key: "leave", label: "Sign out", icon: LogOut, onSelect: () => void leave() }]}
          >
            {(control) => (
              <button {...control} className={styles.place} type="button">
                <Avatar name={person} />
                <span className="clip">{person}</span>
              </button>
            )}
          </Menu>
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
