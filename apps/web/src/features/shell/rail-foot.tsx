"use client";
import type { MeView } from "@earwitness/shared";
import { Keyboard, LogOut, SunMoon } from "lucide-react";
import { fileAddress } from "../../api/request.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Menu } from "../../ui/menu.tsx";
import { leave } from "../session/leave.ts";
import styles from "./rail.module.css";
import { SCHEMES, useScheme } from "./use-scheme.ts";

export interface RailFootProps {
  user: MeView["user"] | undefined;
  onShowKeys: () => void;
}

/** What belongs to the person and this browser: the colour scheme, the keys, who is signed in and the way out. */
export function RailFoot({ user, onShowKeys }: RailFootProps) {
  const [scheme, setScheme] = useScheme();
  const nextScheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? "system";
  return (
    <>
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
      {user && (
        <Menu
          label="Account"
          head={`Signed in as ${user.email}`}
          actions={[{ key: "leave", label: "Sign out", icon: LogOut, onSelect: () => void leave() }]}
        >
          {(control) => (
            <button {...control} className={styles.place} type="button">
              <Avatar name={user.name ?? user.email} picture={fileAddress(user.avatarUrl)} />
              <span className="clip">{user.name ?? user.email}</span>
            </button>
          )}
        </Menu>
      )}
    </>
  );
}
