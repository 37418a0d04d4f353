import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import styles from "./notice.module.css";

const SHAPES = { plain: Info, warn: TriangleAlert, bad: CircleX, good: CircleCheck } satisfies Record<
  string,
  LucideIcon
>;

export interface NoticeProps {
  tone?: keyof typeof SHAPES;
  /** Another shape than the tone's own. */
  shape?: LucideIcon;
  /** `alert` is read out at once, `status` when there is a pause; without it the notice is simply part of the page. */
  role?: "alert" | "status";
  action?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A sentence in its place: what happened, what it means, what to do. */
export function Notice({ tone = "plain", shape, role, action, children, className }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${className ?? ""}`} data-is={tone} role={role}>
      <Icon of={shape ?? SHAPES[tone]} />
      <p>{children}</p>
      {action}
    </div>
  );
}
