"use client";
import styles from "./error.module.css";

/**
 * In the place of a screen that broke. The usual cause is a page older than the server: a part of its code, fetched late, is
 * there no more. So the way out is a full load, and this needs nothing that would have to be fetched.
 */
export default function ScreenError({ error }: { error: Error & { digest?: string } }) {
  return (
    <div className={styles.broken} role="alert">
      <h1>This screen broke</h1>
      <p>Your calls are safe. The page may be older than the server; loading it again brings the newest.</p>
      <p className="receipt quiet">{error.message}</p>
      <button type="button" onClick={() => window.location.reload()}>
        Load again
      </button>
    </div>
  );
}
