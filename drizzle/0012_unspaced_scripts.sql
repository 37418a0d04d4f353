-- Chinese, Japanese, Thai, Lao, Khmer and Burmese put no spaces between words. Each letter of their scripts, with its marks, becomes `replacement`,
-- in which it is \&. Core's `partWords` has the same letters. Words of ASCII alone have none, which is cheap to see.
CREATE FUNCTION parted_words(words text, replacement text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN octet_length(words) = char_length(words) THEN words ELSE regexp_replace(words,
		'[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u17d7\u17dc'
		'\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]'
		'[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd\u3099\u309a]*',
		replacement, 'g') END
$$;--> statement-breakpoint
-- As before, and each letter of those scripts a word of its own: a run of them is asked as a phrase.
CREATE OR REPLACE FUNCTION plain_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT regexp_replace(normalize(lower(parted_words(words, ' \& ')), NFD), U&'[\0300-\036f\064b-\065f]', '', 'g')
$$;--> statement-breakpoint
-- As before, and no such letter among the words as a dictionary has them: none has forms of it, and a word has no more than 256 places in a line.
CREATE OR REPLACE FUNCTION searched_words(language text, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT to_tsvector(dictionary_of(language), parted_words(words, ' ')) || setweight(to_tsvector('pg_catalog.simple', plain_words(words)), 'A')
$$;--> statement-breakpoint
-- Writers wait from here on, so that none writes a line by the rule of before behind the rows that are looked through. Readers go on.
LOCK TABLE "spoken_lines" IN SHARE ROW EXCLUSIVE MODE;--> statement-breakpoint
SELECT set_config('app.actor', 'system', true);--> statement-breakpoint
UPDATE spoken_lines l SET words = searched_words(l.language, u.text) FROM utterances u
WHERE u.id = l.utterance_id AND parted_words(u.text, '') <> u.text;--> statement-breakpoint
SELECT set_config('app.actor', '', true);
