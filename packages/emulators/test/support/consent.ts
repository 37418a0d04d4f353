/** A browser on the consent page: presses the button of whoever's label contains `label`, and is sent back. */
export async function consent(authorizeUrl: string, label: string): Promise<URL> {
  const shown = await fetch(authorizeUrl, { redirect: "manual" });
  const page = await shown.text();
  if (shown.status !== 200) throw new Error(`No consent page: ${shown.status} ${page}`);
  const forms = [...page.matchAll(/<form method="post" action="([^"]+)">([\s\S]*?)<\/form>/g)];
  const [, action = "", fields = ""] = forms.find(([form]) => form.includes(label)) ?? [];
  const request = /name="request" value="([^"]*)"/.exec(fields)?.[1] ?? "";
  const person = /name="person" value="([^"]*)"/.exec(fields)?.[1] ?? "";
  const decided = await fetch(new URL(action, authorizeUrl), {
    method: "POST",
    body: new URLSearchParams({ request, person }),
    redirect: "manual",
  });
  const location = decided.headers.get("location");
  if (location === null) throw new Error(`Nobody was sent back: ${decided.status} ${await decided.text()}`);
  return new URL(location);
}
