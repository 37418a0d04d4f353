"use client";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { type AuditFilters, NO_AUDIT_FILTERS, writeAuditFilters } from "../../../api/audit.ts";
import { membersQuery } from "../../../api/call-queries.ts";
import { apiKeysQuery } from "../../../api/queries.ts";
import { WHEN_NAMES } from "../../../api/when-filter.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Select } from "../../../ui/input.tsx";
import { WHEN_WORDS, whenWords } from "../../calls/when-words.ts";
import styles from "./audit.module.css";
import { ACTION_WORDS, AUDIT_ACTIONS } from "./audit-words.ts";

const DaysDialog = lazy(() => import("../../calls/days-dialog.tsx"));

export interface AuditFilterBarProps {
  filters: AuditFilters;
  onChange: (filters: AuditFilters) => void;
}

/** The question that the log answers: when, who, what, and about which thing. */
export function AuditFilterBar({ filters, onChange }: AuditFilterBarProps) {
  const members = useQuery(membersQuery).data?.members ?? [];
  const keys = useQuery(apiKeysQuery).data?.apiKeys ?? [];
  const [asksDays, setAsksDays] = useState(false);
  const { when, actorId, action, objectId } = filters;
  const ask = (change: Partial<AuditFilters>) => onChange({ ...filters, ...change });
  const isKnown = actorId === null || [...members, ...keys].some(({ id }) => id === actorId);

  function chooseWhen(chosen: string) {
    if (chosen === "days") return setAsksDays(true);
    const name = WHEN_NAMES.find((each) => each === chosen);
    ask({ when: name ? { name } : null });
  }

  return (
    <search className={styles.filters} aria-label="Filter the log">
      <Field label="When">
        {(control) => (
          <Select
            {...control}
            value={when === null ? "" : "name" in when ? when.name : "chosen"}
            onChange={(event) => chooseWhen(event.currentTarget.value)}
          >
            <option value="">Any day</option>
            {WHEN_NAMES.map((name) => (
              <option key={name} value={name}>
                {capital(WHEN_WORDS[name])}
              </option>
            ))}
            {when && !("name" in when) && <option value="chosen">{whenWords(when)}</option>}
            <option value="days">Between two days…</option>
          </Select>
        )}
      </Field>
      <Field label="Who">
        {(control) => (
          <Select
            {...control}
            value={actorId ?? ""}
            onChange={(event) => ask({ actorId: event.currentTarget.value || null })}
          >
            <option value="">Anybody</option>
            {!isKnown && actorId !== null && <option value={actorId}>{actorId}</option>}
            <optgroup label="Members">
              {members.map(({ id, name, email }) => (
                <option key={id} value={id}>
                  {name ?? email}
                </option>
              ))}
            </optgroup>
            {keys.length > 0 && (
              <optgroup label="API keys">
                {keys.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
          </Select>
        )}
      </Field>
      <Field label="What">
        {(control) => (
          <Select
            {...control}
            value={action ?? ""}
            onChange={(event) =>
              ask({ action: AUDIT_ACTIONS.find((each) => each === event.currentTarget.value) ?? null })
            }
          >
            <option value="">Anything</option>
            {AUDIT_ACTIONS.map((each) => (
              <option key={each} value={each}>
                {ACTION_WORDS[each].name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {writeAuditFilters(filters) !== "" && (
        <p className={styles.asked}>
          {objectId !== null && (
            <span className="quiet small">
              Only about <span className="receipt">{objectId}</span>
            </span>
          )}
          <Button size="sm" onClick={() => onChange(NO_AUDIT_FILTERS)}>
            Clear filters
          </Button>
        </p>
      )}
      {asksDays && (
        <Suspense>
          <DaysDialog
            title="The log between two days"
            when={when}
            onClose={() => setAsksDays(false)}
            onChoose={(chosen) => ask({ when: chosen })}
          />
        </Suspense>
      )}
    </search>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
