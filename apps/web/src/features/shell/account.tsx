"use client";
import type { MeView } from "@earwitness/shared";
import { LogOut } from "lucide-react";
import { Avatar } from "../../ui/avatar.tsx";
import { Menu } from "../../ui/menu.tsx";
import { leave } from "../session/leave.ts";
import styles from "./rail.module.css";

/** Who is signed in, and the way out. */
export default function Account({ user }: { user: MeView["user"] }) {
  const person = user.name ?? user.email;
  return (
    <Menu
      label="Account"
      head={`Signed in as ${user.email}`}
      actions={[{ key: "leave", label: "Sign out", icon: LogOut, onSelect: () => void leave() }]}
    >
      {(control) => (
        <button {...control} className={styles.place} type="button">
          <Avatar name={person} />
          <span className="clip">{person}</span>
        </button>
      )}
    </Menu>
  );
}
