"use client";
import type { AccountProvider } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ACCOUNT_PROVIDERS } from "../../../api/account-providers.ts";
import { linkAccount, providersQuery, unlinkAccount } from "../../../api/accounts.ts";
import { errorMessage } from "../../../api/api-error.ts";
import { meQuery } from "../../../api/queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PROVIDER_NAMES } from "../../session/provider-names.ts";
import { Day } from "../moment.tsx";
import styles from "../rows.module.css";
import { Rows } from "../rows.tsx";
import { Section } from "../section.tsx";

/** The ways in besides the mailed link, which always works. */
export function LinkedAccounts() {
  const accounts = useQuery(meQuery).data?.user.accounts ?? [];
  const offered = useQuery(providersQuery).data ?? [];
  const rows = ACCOUNT_PROVIDERS.flatMap((provider) => {
    const linkedAt = accounts.find((account) => account.provider === provider)?.linkedAt ?? null;
    return linkedAt !== null || offered.includes(provider)
      ? [{ provider, name: PROVIDER_NAMES[provider], linkedAt }]
      : [];
  });
  return (
    <Section id="accounts" title="Linked accounts" text="Other ways in. The link by mail always works.">
      {rows.length === 0 && <p className="second">This deployment offers no other way in.</p>}
      <Rows label="Linked accounts">
        {rows.map((row) => (
          <AccountRow key={row.provider} {...row} />
        ))}
      </Rows>
    </Section>
  );
}

interface AccountRowProps {
  provider: AccountProvider;
  name: string;
  linkedAt: string | null;
}

function AccountRow({ provider, name, linkedAt }: AccountRowProps) {
  const client = useQueryClient();
  const unlinking = useMutation({
    mutationFn: () => unlinkAccount(provider),
    onSettled: () => client.invalidateQueries(meQuery),
  });
  // The provider's page asks the person; their answer leads back to the settings.
  const linking = useMutation({
    mutationFn: () => linkAccount(provider),
    onSuccess: (address) => window.location.assign(address),
  });
  return (
    <li className={styles.row} data-plain>
      <div className={styles.who}>
        <p className="strong">{name}</p>
        <p className="quiet small">
          {linkedAt === null ? (
            "Not linked"
          ) : (
            <>
              Linked since <Day instant={linkedAt} />
            </>
          )}
        </p>
      </div>
      {linkedAt === null ? (
        <Button look="line" size="sm" busy={linking.isPending} onClick={() => linking.mutate()}>
          Link {name}
        </Button>
      ) : (
        <Button look="line" size="sm" busy={unlinking.isPending} onClick={() => unlinking.mutate()}>
          Unlink {name}
        </Button>
      )}
      {linking.isError && (
        <Notice tone="bad" role="alert" className={styles.below}>
          Not linked. {errorMessage(linking.error)}
        </Notice>
      )}
      {unlinking.isError && (
        <Notice tone="bad" role="alert" className={styles.below}>
          Still linked. {errorMessage(unlinking.error)}
        </Notice>
      )}
    </li>
  );
}
