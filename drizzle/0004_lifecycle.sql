CREATE TABLE "cron_positions" (
	"name" text PRIMARY KEY NOT NULL,
	"position" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "purges" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "recordings_stored_idx" ON "recordings" USING btree ("stored_at");--> statement-breakpoint
CREATE INDEX "recordings_unchecked_idx" ON "recordings" USING btree ("checked_at" NULLS FIRST,"id") WHERE "recordings"."state" = 'stored';--> statement-breakpoint
CREATE INDEX "transcripts_completed_idx" ON "transcripts" USING btree ("completed_at");--> statement-breakpoint
CREATE INDEX "calls_kept_audio_idx" ON "calls" USING btree ("workspace_id","started_at") WHERE "calls"."recording_state" <> 'purged';--> statement-breakpoint
CREATE INDEX "calls_kept_words_idx" ON "calls" USING btree ("workspace_id","started_at") WHERE "calls"."transcript_state" <> 'purged' or "calls"."last_caption" is not null;--> statement-breakpoint
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON "cron_positions" TO earwitness_app;
	END IF;
END
$$;
