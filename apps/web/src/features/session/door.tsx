import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "../../ui/mark.tsx";
import styles from "./door.module.css";
import { DoorWave } from "./door-wave.tsx";

/** What the pages of the front door stand in: the form, and beside it what the product does, shown instead of said. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main className={styles.door}>
      <div className={styles.form}>
        <p className={styles.brand}>
          <Mark />
          Earwitness
        </p>
        <div className={styles.middle}>{children}</div>
        <p className="small quiet">
          Runs on your own Cloudflare account. <Link href="/contact">Write to us</Link>
        </p>
      </div>
      <section className={styles.show} aria-label="What the product does">
        <figure>
          <DoorWave />
          <blockquote className="said">
            <p>
              …and last year you <mark>replaced the flame sensor</mark>, so if it’s that again, it should be under
              warranty.
            </p>
          </blockquote>
          <figcaption>Every word keeps the second in which it was said, and the recording that proves it.</figcaption>
        </figure>
      </section>
    </main>
  );
}
