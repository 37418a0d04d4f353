"use client";
import { Fragment } from "react";
import { Button } from "../../ui/button.tsx";
import { SwitchRow } from "../../ui/check.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import styles from "./keys-dialog.module.css";
import { useSingleKeys } from "./use-keys.ts";

const KEYS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["?"], does: "These keys" },
  { keys: ["G", "L"], does: "Go to Live" },
  { keys: ["G", "C"], does: "Go to Calls" },
  { keys: ["G", "O"], does: "Go to Ops" },
  { keys: ["G", "F"], does: "Go to Search: find what was said" },
  { keys: ["G", "S"], does: "Go to Settings" },
  { keys: ["C"], does: "Call a number" },
  { keys: ["/"], does: "Search in this screen" },
  { keys: ["J", "K"], does: "Next, previous call, or line that was found" },
  { keys: ["↵"], does: "Open the call, where it was found at that time" },
  { keys: ["space"], does: "Play, pause" },
  { keys: ["←", "→"], does: "5 s back, forward" },
  { keys: ["⇧ ←", "⇧ →"], does: "Turn before, turn after" },
  { keys: [",", "."], does: "Word before, word after" },
  { keys: ["[", "]"], does: "Slower, faster" },
  { keys: ["M"], does: "On a live call: mute, unmute" },
  { keys: ["H"], does: "Hold, take off hold" },
  { keys: ["R"], does: "Pause, resume the recording" },
  { keys: ["N"], does: "Note at this moment" },
  { keys: ["⌘ ⇧ ."], does: "Hang up; held, without asking" },
];

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useSingleKeys();
  return (
    <Dialog
      title="Keys"
      onClose={onClose}
      foot={
        <Button look="line" onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl className={styles.keys}>
        {KEYS.map(({ keys, does }) => (
          <Fragment key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      <SwitchRow
        label="Letters and signs act as keys"
        hint="Arrows, space and enter always do. They all rest while you type in a field."
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
