/** Shows the workspace that the session has just gone to, by a full load: what is in memory is another workspace's. */
export function goToWorkspace(): void {
  window.location.assign("/calls");
}
