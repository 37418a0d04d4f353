import { customFetch } from "@auth/core";
import type { Provider } from "@auth/core/providers";
import GitHub from "@auth/core/providers/github";
import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import type { Env } from "../../env.ts";
import { boundedFetch } from "./bounded-fetch.ts";

const Profile = z.object({ id: z.int(), login: z.string(), name: z.string().nullish() });
const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/**
 * GitHub as an OAuth provider, with PKCE and state. The address is the account's primary one where GitHub says that it is
 * verified, which only the list of addresses tells, not the profile; otherwise there is none. No token is kept.
 */
export function github(env: Env): Provider {
  // An enterprise's own GitHub has its API under its own host.
  const apiUrl = env.GITHUB_BASE_URL === "" ? "https://api.github.com" : `${env.GITHUB_BASE_URL}/api/v3`;
  return GitHub({
    clientId: env.GITHUB_CLIENT_ID,
    clientSecret: env.GITHUB_CLIENT_SECRET,
    checks: ["pkce", "state"],
    account: () => ({}),
    ...(env.GITHUB_BASE_URL === "" ? {} : { enterprise: { baseUrl: env.GITHUB_BASE_URL } }),
    [customFetch]: boundedFetch,
    userinfo: {
      url: `${apiUrl}/user`,
      request: async ({ tokens }: { tokens: { access_token?: string } }) => {
        const read = (path: string) => readJson(`${apiUrl}${path}`, tokens.access_token ?? "");
        const profile = Profile.parse(await read("/user"));
        const primary = Emails.parse(await read("/user/emails")).find(({ primary }) => primary);
        const isVerified = primary?.verified ?? false;
        return { ...profile, email: isVerified ? primary?.email : null, email_verified: isVerified };
      },
    },
    profile: ({ id, name, login, email }) => ({ id: String(id), name: name ?? login, email }),
  });
}

async function readJson(url: string, accessToken: string): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${accessToken}`,
    "user-agent": "earwitness/1.0",
    accept: "application/json",
  };
  const response = await boundedFetch(url, { headers });
  if (response.ok) return response.json();
  await response.body?.cancel();
  // The list of addresses is refused where the person did not grant it: then there is no address.
  if (response.status === 404 || response.status === 403) return [];
  throw new EarwitnessError("vendor_failed", `GitHub answered ${response.status} at ${new URL(url).pathname}.`);
}
