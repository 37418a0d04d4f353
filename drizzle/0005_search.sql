CREATE TABLE "spoken_lines" (
	"utterance_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"party" text NOT NULL,
	"language" text NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spoken_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "spoken_lines" ADD CONSTRAINT "spoken_lines_utterance_id_utterances_id_fk" FOREIGN KEY ("utterance_id") REFERENCES "public"."utterances"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spoken_lines_newest_idx" ON "spoken_lines" USING btree ("workspace_id","started_at" DESC NULLS FIRST,"call_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "spoken_lines_language_idx" ON "spoken_lines" USING btree ("workspace_id","language");--> statement-breakpoint
CREATE INDEX "spoken_lines_call_idx" ON "spoken_lines" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "spoken_lines_words_idx" ON "spoken_lines" USING gin ("words") WITH (fastupdate=off);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "spoken_lines" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
-- No FORCE: the view below reads the lines as their owner, and has the wall's condition itself. Under a wall, the index of words would
-- never be used, because the operator that matches them is not marked leakproof.
CREATE VIEW "searchable_lines" AS
	SELECT "utterance_id", "workspace_id", "call_id", "started_at", "party", "language", "words" FROM "spoken_lines"
	WHERE "workspace_id" = nullif(current_setting('app.workspace_id', true), '')::uuid
	WITH CHECK OPTION;--> statement-breakpoint
-- A language without its region, script and variants; `und`, as BCP 47 has it, where none is known.
CREATE FUNCTION language_alone(language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce(nullif(lower(split_part(replace(language, '_', '-'), '-', 1)), ''), 'und')
$$;--> statement-breakpoint
-- The dictionary of a language, as BCP 47 names it; `simple`, which changes no word, for all that Postgres has none for.
CREATE FUNCTION dictionary_of(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE language_alone(language)
		WHEN 'ar' THEN 'pg_catalog.arabic' WHEN 'hy' THEN 'pg_catalog.armenian' WHEN 'eu' THEN 'pg_catalog.basque'
		WHEN 'ca' THEN 'pg_catalog.catalan' WHEN 'da' THEN 'pg_catalog.danish' WHEN 'nl' THEN 'pg_catalog.dutch'
		WHEN 'en' THEN 'pg_catalog.english' WHEN 'fi' THEN 'pg_catalog.finnish' WHEN 'fr' THEN 'pg_catalog.french'
		WHEN 'de' THEN 'pg_catalog.german' WHEN 'el' THEN 'pg_catalog.greek' WHEN 'hi' THEN 'pg_catalog.hindi'
		WHEN 'hu' THEN 'pg_catalog.hungarian' WHEN 'id' THEN 'pg_catalog.indonesian' WHEN 'ga' THEN 'pg_catalog.irish'
		WHEN 'it' THEN 'pg_catalog.italian' WHEN 'lt' THEN 'pg_catalog.lithuanian' WHEN 'ne' THEN 'pg_catalog.nepali'
		WHEN 'nb' THEN 'pg_catalog.norwegian' WHEN 'nn' THEN 'pg_catalog.norwegian' WHEN 'no' THEN 'pg_catalog.norwegian'
		WHEN 'pt' THEN 'pg_catalog.portuguese' WHEN 'ro' THEN 'pg_catalog.romanian' WHEN 'ru' THEN 'pg_catalog.russian'
		WHEN 'sr' THEN 'pg_catalog.serbian' WHEN 'es' THEN 'pg_catalog.spanish' WHEN 'sv' THEN 'pg_catalog.swedish'
		WHEN 'ta' THEN 'pg_catalog.tamil' WHEN 'tr' THEN 'pg_catalog.turkish' WHEN 'yi' THEN 'pg_catalog.yiddish'
		ELSE 'pg_catalog.simple'
	END::regconfig
$$;--> statement-breakpoint
-- What is looked for by how it sounds, whatever its accents, its vowel signs or its case.
CREATE FUNCTION plain_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT regexp_replace(normalize(lower(words), NFD), U&'[\0300-\036f\064b-\065f]', '', 'g')
$$;--> statement-breakpoint
-- Each word as its language's dictionary has it, and once more with weight A as it was said: by the one "cancelled" finds "cancels", by the
-- other phrases and beginnings of words are found, in which no dictionary may change or leave out anything.
CREATE FUNCTION searched_words(language text, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT to_tsvector(dictionary_of(language), words) || setweight(to_tsvector('pg_catalog.simple', plain_words(words)), 'A')
$$;--> statement-breakpoint
-- Writes the lines of calls anew, from the newest transcript of each that is ready. Twice is as good as once.
CREATE FUNCTION write_spoken_lines(of_calls uuid[]) RETURNS void LANGUAGE sql AS $$
	DELETE FROM spoken_lines WHERE call_id = ANY (of_calls);
	INSERT INTO spoken_lines (utterance_id, workspace_id, call_id, started_at, party, language, words)
	SELECT u.id, u.workspace_id, c.id, c.started_at,
		CASE WHEN u.channel IS NULL OR r.channels < 2 THEN 'unknown' WHEN u.channel = r.caller_channel THEN 'caller' ELSE 'agent' END,
		language_alone(t.language), searched_words(t.language, u.text)
	FROM (
		SELECT DISTINCT ON (call_id) id, call_id, recording_id, language FROM transcripts
		WHERE call_id = ANY (of_calls) AND state = 'ready'
		ORDER BY call_id, created_at DESC, version DESC
	) t
	JOIN calls c ON c.id = t.call_id
	JOIN recordings r ON r.id = t.recording_id
	JOIN utterances u ON u.transcript_id = t.id
	ON CONFLICT (utterance_id) DO NOTHING;
$$;--> statement-breakpoint
CREATE FUNCTION write_lines_of_transcript() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM write_spoken_lines(ARRAY[NEW.call_id]);
	RETURN NULL;
END
$$;--> statement-breakpoint
-- What there is already, before the triggers take their lock: writers go on meanwhile.
SELECT set_config('app.actor', 'system', true);--> statement-breakpoint
SELECT write_spoken_lines(array_agg(call_id)) FROM (
	SELECT call_id, row_number() OVER (ORDER BY call_id) / 1000 AS batch FROM (SELECT DISTINCT call_id FROM transcripts WHERE state = 'ready') ready
) numbered GROUP BY batch;--> statement-breakpoint
-- At the commit, when the words are there too, in whatever order they were written; by the code of before as well.
CREATE CONSTRAINT TRIGGER "transcripts_added_ready" AFTER INSERT ON "transcripts" DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW WHEN (NEW.state = 'ready') EXECUTE FUNCTION write_lines_of_transcript();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "transcripts_became_ready" AFTER UPDATE OF "state", "language" ON "transcripts" DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW WHEN ((OLD.state = 'ready' OR NEW.state = 'ready') AND (OLD.state, OLD.language) IS DISTINCT FROM (NEW.state, NEW.language))
	EXECUTE FUNCTION write_lines_of_transcript();--> statement-breakpoint
-- What became ready between the two.
SELECT write_spoken_lines(array_agg(call_id)) FROM (
	SELECT DISTINCT t.call_id FROM transcripts t
	WHERE t.state = 'ready' AND NOT EXISTS (SELECT FROM spoken_lines l WHERE l.call_id = t.call_id)
) missed;--> statement-breakpoint
SELECT set_config('app.actor', '', true);--> statement-breakpoint
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON "spoken_lines" TO earwitness_app;
		GRANT SELECT ON "searchable_lines" TO earwitness_app;
	END IF;
END
$$;
