CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid,
	"reason" text NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"released_by" text,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "legal_holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "storage_findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"kind" text NOT NULL,
	"r2_key" text NOT NULL,
	"recording_id" uuid,
	"detail" text,
	"found_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "storage_findings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_days" (
	"workspace_id" uuid NOT NULL,
	"day" timestamp (3) with time zone NOT NULL,
	"metric" text NOT NULL,
	"quantity" bigint NOT NULL,
	CONSTRAINT "usage_days_workspace_id_day_metric_pk" PRIMARY KEY("workspace_id","day","metric")
);
--> statement-breakpoint
ALTER TABLE "usage_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"workspace_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"metric" text NOT NULL,
	"quantity" bigint NOT NULL,
	CONSTRAINT "usage_hours_workspace_id_hour_metric_pk" PRIMARY KEY("workspace_id","hour","metric")
);
--> statement-breakpoint
ALTER TABLE "usage_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"text" text NOT NULL,
	"job_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mail_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"provider_mail_id" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"body" text NOT NULL,
	"applied_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "mail_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mail_suppressions" (
	"address" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"detail" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mail_suppressions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mail_unsubscribes" (
	"address" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_unsubscribes_address_kind_pk" PRIMARY KEY("address","kind")
);
--> statement-breakpoint
ALTER TABLE "mail_unsubscribes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"sees" text NOT NULL,
	"state" text NOT NULL,
	"job_id" uuid,
	"progress" jsonb,
	"row_count" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint,
	"sha256" text,
	"r2_key" text,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "exports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"file_key" text NOT NULL,
	"state" text NOT NULL,
	"call_id" uuid,
	"reason" text,
	CONSTRAINT "import_rows_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
ALTER TABLE "import_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"requested_by" text NOT NULL,
	"state" text NOT NULL,
	"job_id" uuid,
	"row_count" integer,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cron_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"requested_by" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"result" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "job_failures" (
	"job_id" uuid NOT NULL,
	"workspace_id" uuid,
	"attempt" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"vendor" text,
	"vendor_status" integer,
	"vendor_request_id" text,
	"vendor_answer" text,
	CONSTRAINT "job_failures_job_id_attempt_at_pk" PRIMARY KEY("job_id","attempt","at")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
ALTER TABLE "job_failures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "delivery" text;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "delivery_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "recordings" ADD COLUMN "purged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "recordings" ADD COLUMN "checked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "purged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "deleted_by" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "purged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD COLUMN "sent_again_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD COLUMN "dismissed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "call_id" uuid;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "requested_by" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "progress_done" bigint;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "progress_total" bigint;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "progress_unit" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "cancel_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "dismissed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "retention" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "legal_holds_workspace_idx" ON "legal_holds" USING btree ("workspace_id","released_at");--> statement-breakpoint
CREATE INDEX "legal_holds_call_idx" ON "legal_holds" USING btree ("call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "storage_findings_key_idx" ON "storage_findings" USING btree ("kind","r2_key");--> statement-breakpoint
CREATE INDEX "storage_findings_open_idx" ON "storage_findings" USING btree ("settled_at","found_at");--> statement-breakpoint
CREATE INDEX "contacts_created_idx" ON "contacts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "exports_list_idx" ON "exports" USING btree ("workspace_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "exports_expiry_idx" ON "exports" USING btree ("state","expires_at");--> statement-breakpoint
CREATE INDEX "imports_list_idx" ON "imports" USING btree ("workspace_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "cron_runs_name_idx" ON "cron_runs" USING btree ("name","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "mails_provider_idx" ON "mails" USING btree ("provider_mail_id");--> statement-breakpoint
CREATE INDEX "calls_trash_idx" ON "calls" USING btree ("deleted_at") WHERE "calls"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "jobs_list_idx" ON "jobs" USING btree ("workspace_id","state","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "jobs_finished_idx" ON "jobs" USING btree ("finished_at");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "legal_holds" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "storage_findings" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "usage_days" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "usage_hours" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "system_wall" ON "contacts" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.actor', true) in ('system', 'visitor')) WITH CHECK (current_setting('app.actor', true) in ('system', 'visitor'));--> statement-breakpoint
CREATE POLICY "system_wall" ON "mail_notices" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.actor', true) in ('system', 'visitor')) WITH CHECK (current_setting('app.actor', true) in ('system', 'visitor'));--> statement-breakpoint
CREATE POLICY "system_wall" ON "mail_suppressions" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.actor', true) in ('system', 'visitor')) WITH CHECK (current_setting('app.actor', true) in ('system', 'visitor'));--> statement-breakpoint
CREATE POLICY "system_wall" ON "mail_unsubscribes" AS PERMISSIVE FOR ALL TO public USING (current_setting('app.actor', true) in ('system', 'visitor')) WITH CHECK (current_setting('app.actor', true) in ('system', 'visitor'));--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "exports" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "import_rows" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "imports" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "job_failures" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
ALTER TABLE "contacts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "exports" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_rows" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "imports" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_failures" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "legal_holds" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mail_notices" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mail_suppressions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mail_unsubscribes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "storage_findings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "usage_days" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "usage_hours" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What comes for a month that has no partition of its own yet.
CREATE TABLE "job_failures_other" PARTITION OF "job_failures" DEFAULT;--> statement-breakpoint
-- Partitions belong to the owner of the tables; the workers' role may have them looked after, and nothing more. Makes those of
-- this month and of the months ahead, and drops those whose last day is more than the days to keep ago. Twice is as good as once.
CREATE FUNCTION keep_job_failure_partitions(as_of timestamptz, months_ahead integer, days_kept integer, OUT made integer, OUT dropped integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
	month date;
	partition record;
BEGIN
	made := 0;
	dropped := 0;
	FOR i IN 0..months_ahead LOOP
		month := date_trunc('month', as_of AT TIME ZONE 'UTC')::date + make_interval(months => i);
		CONTINUE WHEN to_regclass(format('public.job_failures_%s', to_char(month, 'YYYY_MM'))) IS NOT NULL;
		-- Rows that came before their partition lie in the one for all others, which would refuse the new one.
		CONTINUE WHEN EXISTS (
			SELECT FROM job_failures_other
			WHERE at >= month::timestamp AT TIME ZONE 'UTC' AND at < (month + interval '1 month') AT TIME ZONE 'UTC'
		);
		EXECUTE format(
			'CREATE TABLE IF NOT EXISTS public.job_failures_%s PARTITION OF public.job_failures FOR VALUES FROM (%L) TO (%L)',
			to_char(month, 'YYYY_MM'),
			month::timestamp AT TIME ZONE 'UTC',
			(month + interval '1 month') AT TIME ZONE 'UTC'
		);
		made := made + 1;
	END LOOP;
	FOR partition IN
		SELECT child.relname AS name FROM pg_inherits
		JOIN pg_class child ON child.oid = inhrelid
		WHERE inhparent = 'public.job_failures'::regclass AND child.relname ~ '^job_failures_[0-9]{4}_[0-9]{2}$'
	LOOP
		month := to_date(right(partition.name, 7), 'YYYY_MM');
		CONTINUE WHEN (month + interval '1 month') AT TIME ZONE 'UTC' > as_of - make_interval(days => days_kept);
		EXECUTE format('DROP TABLE public.%I', partition.name);
		dropped := dropped + 1;
	END LOOP;
	DELETE FROM job_failures_other WHERE at < as_of - make_interval(days => days_kept);
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_job_failure_partitions FROM PUBLIC;--> statement-breakpoint
SELECT keep_job_failure_partitions(now(), 2, 90);--> statement-breakpoint
-- What was asked to be kept for some days so far went for recordings and transcripts.
UPDATE "workspaces" SET "retention" = jsonb_build_object('recordings', "retention_days", 'transcripts', "retention_days") WHERE "retention_days" IS NOT NULL;--> statement-breakpoint
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON "contacts", "cron_runs", "exports", "import_rows", "imports", "job_failures", "legal_holds", "mail_notices", "mail_suppressions", "mail_unsubscribes", "storage_findings", "usage_days", "usage_hours" TO earwitness_app;
		GRANT EXECUTE ON FUNCTION keep_job_failure_partitions TO earwitness_app;
	END IF;
END
$$;
