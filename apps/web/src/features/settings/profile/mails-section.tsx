"use client";
import type { MeView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../../../api/api-error.ts";
import { chooseMails } from "../../../api/mails.ts";
import { meQuery } from "../../../api/queries.ts";
import { SwitchRow } from "../../../ui/check.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Section } from "../section.tsx";

type Mails = MeView["user"]["mails"];

/** The mails that come by themselves, each to be turned off and on again. */
export function MailsSection() {
  const client = useQueryClient();
  const mails = useQuery(meQuery).data?.user.mails;
  const choosing = useMutation({
    mutationFn: chooseMails,
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
  // What was pressed shows at once; where it fails, what holds shows again.
  const shown: Mails | undefined = mails && { ...mails, ...(choosing.isPending && choosing.variables) };
  const row = (name: keyof Mails) => ({
    checked: shown?.[name] ?? false,
    disabled: shown === undefined || choosing.isPending,
    onChange: (event: { currentTarget: HTMLInputElement }) => choosing.mutate({ [name]: event.currentTarget.checked }),
  });
  return (
    <Section id="mails" title="Mails" text="What comes to your address by itself, from every workspace of yours.">
      <SwitchRow
        label="The week’s digest"
        hint="Once a week, on Monday as a rule, where you are an owner, an admin or a supervisor."
        {...row("digest")}
      />
      <SwitchRow label="When an export of yours is ready" {...row("exportReady")} />
      {choosing.isError && (
        <Notice tone="bad" role="alert">
          Nothing was changed. {errorMessage(choosing.error)}
        </Notice>
      )}
    </Section>
  );
}
