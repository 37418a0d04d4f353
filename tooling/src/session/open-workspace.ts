import { CreatedApiKey, NumberList, type NumberView } from "@earwitness/shared";
import { type ApiClient, apiClient } from "./api-client.ts";
import { eventually } from "./eventually.ts";
import { confirmSignIn, requestSignInLink } from "./sign-in.ts";

export interface OpenWorkspace {
  email: string;
  /** The session, for a `cookie` header. */
  cookie: string;
  apiKey: string;
  /** The API with the key, which may read and write. */
  client: ApiClient;
  /** The workspace's numbers, each with its settings where a call is answered by them. */
  numbers: NumberView[];
}

/**
 * Signs somebody in by a link as a browser would, which makes their workspace, creates an API key there and waits until
 * the workspace's numbers can take calls.
 */
export async function openWorkspace(options: {
  apiUrl: string;
  appOrigin: string;
  mailboxUrl: string;
  email: string;
}): Promise<OpenWorkspace> {
  const { apiUrl, appOrigin, email } = options;
  const link = await requestSignInLink(options);
  const cookie = await confirmSignIn({ apiUrl, appOrigin, link });
  const person = apiClient(apiUrl, { cookie, origin: appOrigin });
  const { key } = await person.request(CreatedApiKey, "POST", "/v1/api-keys", { name: "Local tools", scope: "write" });
  const client = apiClient(apiUrl, { authorization: `Bearer ${key}` });
  const numbers = await eventually("the workspace's numbers to be published", async () => {
    const { numbers } = await client.request(NumberList, "GET", "/v1/numbers");
    return numbers.length > 0 && numbers.every(({ version, publishedVersion }) => version === publishedVersion)
      ? numbers
      : undefined;
  });
  return { email, cookie, apiKey: key, client, numbers };
}
