/**
 * Calls `read` once what React has just put into the document is on the screen: an animation frame runs before a paint, so the
 * second one begins after the first one's paint. A page that is not seen paints nothing; of it nothing is read.
 */
export function afterPaint(read: () => void): void {
  if (document.visibilityState !== "visible") return;
  let wasHidden = false;
  const hide = () => {
    wasHidden = true;
  };
  document.addEventListener("visibilitychange", hide, { once: true });
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.removeEventListener("visibilitychange", hide);
      if (!wasHidden) read();
    }),
  );
}
