"use client";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../../api/queries.ts";
import { Facts } from "../../../ui/facts.tsx";
import { Section } from "../section.tsx";
import { BrowserSection } from "./browser-section.tsx";
import { DevicesSection } from "./devices-section.tsx";
import { LinkedAccounts } from "./linked-accounts.tsx";
import { MailsSection } from "./mails-section.tsx";
import { OwnPhone } from "./own-phone.tsx";
import { WorkspacesSection } from "./workspaces-section.tsx";

/** Who is signed in, by which ways and in which browsers, and where they belong. */
export function ProfileSection() {
  const user = useQuery(meQuery).data?.user;
  return (
    <>
      <Section id="you" title="Profile" text="How others here know you, and reach you.">
        {user && (
          <Facts
            facts={[
              ...(user.name === null ? [] : [{ key: "name", name: "Name", value: user.name }]),
              { key: "email", name: "E-mail", value: user.email },
            ]}
          />
        )}
        <OwnPhone />
      </Section>
      <MailsSection />
      <LinkedAccounts />
      <DevicesSection />
      <WorkspacesSection />
      <BrowserSection />
    </>
  );
}
