import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import {
  dnsOverHttps,
  isPublicAddress,
  judgeOutgoingUrl,
  type OutgoingGuard,
  sendOutgoing,
} from "../../src/outgoing/index.ts";

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A guard whose names lead to `addresses`. */
function guardOf(addresses: readonly string[], trusted: readonly string[] = []): OutgoingGuard {
  return {
    ownZones: ["earwitness.cloud", "ours.workers.dev"],
    trustedOrigins: new Set(trusted),
    resolve: async () => [...addresses],
  };
}

/** The reason for which an address is refused; null where it is sent to. */
async function refusalOf(url: string, addresses: readonly string[] = ["93.184.216.34"]): Promise<string | null> {
  try {
    await judgeOutgoingUrl(url, guardOf(addresses));
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_request", fields: [{ pointer: "#/url" }] });
    return error instanceof Error ? error.message : "";
  }
}

describe("an address that a user gives", () => {
  test.each(["https://partner.com/hook", "https://partner.com:443/hook?x=1#gone", "https://xn--bcher-kva.com/"])(
    "%s is sent to",
    async (url) => {
      expect(await refusalOf(url)).toBeNull();
    },
  );

  test("loses its fragment, which is nobody else's business", async () => {
    expect((await judgeOutgoingUrl("https://partner.com/hook#secret", guardOf(["93.184.216.34"]))).href).toBe(
      "https://partner.com/hook",
    );
  });

  test.each([
    ["http://partner.com/", "https"],
    ["file:///etc/passwd", "https"],
    ["gopher://partner.com/", "https"],
    ["https://user:pass@partner.com/", "user name"],
    ["https://partner.com:8080/", "port"],
    ["not an address", "whole address"],
    [`https://partner.com/${"x".repeat(2_048)}`, "2048"],
    // Each is 127.0.0.1 to the parser of URLs, or the cloud's own address.
    ["https://127.0.0.1/", "IP address"],
    ["https://127.1/", "IP address"],
    ["https://0x7f.1/", "IP address"],
    ["https://2130706433/", "IP address"],
    ["https://0177.0.0.1/", "IP address"],
    ["https://１２７.０.０.１/", "IP address"],
    ["https://127。0。0。1/", "IP address"],
    ["https://169.254.169.254/latest/meta-data/", "IP address"],
    ["https://[::1]/", "IP address"],
    ["https://[::ffff:169.254.169.254]/", "IP address"],
    ["https://93.184.216.34/", "IP address"],
    ["https://localhost/", "internet"],
    ["https://LOCALHOST/", "internet"],
    ["https://app.localhost/", "internet"],
    ["https://localhost./", "dot"],
    ["https://router.local/", "internet"],
    ["https://metadata.google.internal/", "internet"],
    ["https://intranet/", "internet"],
    ["https://x.home.arpa/", "internet"],
    ["https://x.onion/", "internet"],
    ["https://earwitness.cloud/", "ours"],
    ["https://api.earwitness.cloud/", "ours"],
    ["https://rooms.ours.workers.dev/", "ours"],
  ])("%s is refused", async (url, why) => {
    expect(await refusalOf(url)).toContain(why);
  });

  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "fd00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2002:7f00:1::",
    "2001:db8::1",
    "2001::1",
    "3fff::1",
    "5f00::1",
    "100::1",
    "nonsense",
  ])("of a name that leads to %s is refused, also when another of its addresses is public", async (address) => {
    expect(isPublicAddress(address)).toBe(false);
    expect(await refusalOf("https://partner.com/", ["93.184.216.34", address])).toContain("private network");
  });

  test.each(["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])(
    "of a name that leads to %s is sent to",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test("of a name that leads nowhere is refused", async () => {
    expect(await refusalOf("https://partner.com/", [])).toContain("exists");
  });
});

describe("what is sent", () => {
  const request = (url: string) => ({ url, method: "POST", headers: { "x-own": "1" }, body: "{}" }) as const;

  test("is what the caller gave, and of the answer no more than a kilobyte is read", async () => {
    const heard: unknown[] = [];
    const origin = await serve((incoming, response) => {
      heard.push(incoming.method, incoming.headers["x-own"], incoming.headers.cookie);
      response.end("x".repeat(10_000));
    });
    const answer = await sendOutgoing(request(`${origin}/hook`), guardOf([], [origin]));
    expect(answer).toEqual({ status: 200, text: "x".repeat(1_024) });
    expect(heard).toEqual(["POST", "1", undefined]);
  });

  test.each([301, 302, 303, 307, 308])("follows no redirect: %i is an answer like any other", async (status) => {
    let asked = 0;
    const inner = await serve((_request, response) => {
      asked += 1;
      response.end("what nobody outside may read");
    });
    const outer = await serve((_request, response) => response.writeHead(status, { location: inner }).end());
    expect(await sendOutgoing(request(outer), guardOf([], [outer]))).toEqual({ status, text: "" });
    expect(asked).toBe(0);
  });

  test("goes nowhere that the guard refuses", async () => {
    let asked = 0;
    const inner = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    await expect(sendOutgoing(request(inner), guardOf(["93.184.216.34"]))).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(asked).toBe(0);
  });
});

describe("DNS over HTTPS", () => {
  const records: Record<string, object> = {
    A: {
      Status: 0,
      Answer: [
        { type: 5, data: "edge.partner.com." },
        { type: 1, data: "93.184.216.34" },
      ],
    },
    AAAA: { Status: 0, Answer: [{ type: 28, data: "2606:4700::1" }] },
  };
  const resolverWith = async (answers: Record<string, object>) =>
    dnsOverHttps(
      await serve((incoming, response) => {
        const question = new URL(incoming.url ?? "", "http://dns.test").searchParams;
        expect(question.get("name")).toBe("partner.com");
        expect(incoming.headers.accept).toBe("application/dns-json");
        response.end(JSON.stringify(answers[question.get("type") ?? ""]));
      }),
    );

  test("gives the addresses of both families, and no names", async () => {
    expect(await (await resolverWith(records))("partner.com")).toEqual(["93.184.216.34", "2606:4700::1"]);
  });

  test("gives none where there is no such name", async () => {
    const none = { Status: 3 };
    expect(await (await resolverWith({ A: none, AAAA: none }))("partner.com")).toEqual([]);
  });

  test("that fails for one family fails, so that half an answer lets nothing pass", async () => {
    const half = resolverWith({ ...records, AAAA: { Status: 2 } });
    await expect((await half)("partner.com")).rejects.toMatchObject({ code: "unavailable" });
  });
});
