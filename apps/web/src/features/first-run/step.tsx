import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import styles from "./first-run.module.css";

export type StepState = "busy" | "good" | "bad" | "open" | "now";

const WORDS: Record<StepState, string> = { busy: "Working", good: "Done", bad: "Needs you", open: "Open", now: "Next" };

export interface StepProps {
  number: number;
  state: StepState;
  title: string;
  beside?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** One step of the first run: whether it is done, what it is, and what there is to do. */
export function Step({ number, state, title, beside, action, children }: StepProps) {
  return (
    <li className={styles.step}>
      <header>
        <span className={styles.sign} data-is={state}>
          <StepSign number={number} state={state} />
          <span className="vh">{WORDS[state]}:</span>
        </span>
        <h3>{title}</h3>
        {beside && <span className={styles.beside}>{beside}</span>}
        {action}
      </header>
      {children}
    </li>
  );
}

function StepSign({ number, state }: { number: number; state: StepState }) {
  if (state === "now") return number;
  if (state === "busy") return <Spinner />;
  return (
    <Icon of={state === "good" ? CircleCheck : state === "bad" ? CircleAlert : CircleDashed} className={styles.big} />
  );
}
