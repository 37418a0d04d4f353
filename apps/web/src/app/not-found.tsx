import type { Metadata } from "next";
import styles from "../features/session/door.module.css";
import { Door } from "../features/session/door.tsx";
import { buttonClass } from "../ui/button.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <Door>
      <div className={styles.stack}>
        <h1>Nothing is at this address</h1>
        <p className="second">It may be mistyped, or what was here has moved. Your calls are where they were.</p>
        {/* A plain link: this page is part of every other one, and need not bring the router's own along. */}
        <a className={buttonClass({ look: "primary", size: "lg" })} href="/calls">
          Go to the calls
        </a>
      </div>
    </Door>
  );
}
