import { EarwitnessError } from "@earwitness/shared";
import { z } from "zod";
import { requestVendor } from "../http/index.ts";

/** Gives the addresses of a host, of both families; none where there is no such host. Throws where nobody can say. */
export type NameResolver = (hostname: string) => Promise<string[]>;

const RESOLVE_TIME_LIMIT_MS = 3_000;
/** A and AAAA, by their numbers in an answer; other records (the CNAMEs in between) are passed over. */
const ADDRESS_TYPES = { A: 1, AAAA: 28 } as const;

/** The JSON form of DNS over HTTPS; https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/ */
const DnsAnswer = z.object({
  /** RFC 6895's response code: 0 is no error, 3 is "no such name". */
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]),
});
const NO_SUCH_NAME = 3;

/** Resolves by DNS over HTTPS, since a Worker has no resolver to ask. `url` is such as `https://cloudflare-dns.com/dns-query`. */
export function dnsOverHttps(url: string): NameResolver {
  const ask = async (hostname: string, type: keyof typeof ADDRESS_TYPES): Promise<string[]> => {
    const question = new URL(url);
    question.searchParams.set("name", hostname);
    question.searchParams.set("type", type);
    const outcome = await requestVendor({
      method: "GET",
      url: question.href,
      headers: { accept: "application/dns-json" },
      timeLimitMs: RESOLVE_TIME_LIMIT_MS,
      maxAnswerBytes: 65_536,
    });
    const answer = outcome.kind === "ok" ? DnsAnswer.safeParse(outcome.body).data : undefined;
    if (answer === undefined || (answer.Status !== 0 && answer.Status !== NO_SUCH_NAME)) {
      throw new EarwitnessError("unavailable", "The address could not be looked up. Try again.", { retryable: true });
    }
    return answer.Answer.filter((record) => record.type === ADDRESS_TYPES[type]).map(({ data }) => data);
  };
  return async (hostname) => (await Promise.all([ask(hostname, "A"), ask(hostname, "AAAA")])).flat();
}
