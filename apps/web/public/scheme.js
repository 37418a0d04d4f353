// Runs before the first paint, so that a chosen colour scheme never flashes up as the other one.
try {
  const scheme = localStorage.getItem("scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage is closed to this page: the system's scheme it is.
}
