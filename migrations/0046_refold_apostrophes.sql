-- by hand: more signs count as an apostrophe, by which no name is compared. What an earlier fold has left of them is taken out.
-- Of those that the fold had made a blank, which is like any other, the names are folded anew. The owner of the table passes by its
-- row-level security for as long as it takes.
ALTER TABLE "customers" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE customers SET
  first_fold = btrim(regexp_replace(regexp_replace(first_fold, '[`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c]', '', 'g'), '\s+', ' ', 'g')),
  first_fold_tr = btrim(regexp_replace(regexp_replace(first_fold_tr, '[`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c]', '', 'g'), '\s+', ' ', 'g')),
  last_fold = btrim(regexp_replace(regexp_replace(last_fold, '[`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c]', '', 'g'), '\s+', ' ', 'g')),
  last_fold_tr = btrim(regexp_replace(regexp_replace(last_fold_tr, '[`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c]', '', 'g'), '\s+', ' ', 'g'))
WHERE concat(first_fold, first_fold_tr, last_fold, last_fold_tr) ~ '[`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c]';
--> statement-breakpoint
CREATE FUNCTION pg_temp.fold_anew(name text) RETURNS text LANGUAGE sql AS $$
  SELECT btrim(regexp_replace(
    replace(replace(replace(replace(translate(
      regexp_replace(lower(normalize(regexp_replace(name, '[''´\u2018-\u201b\u2032\u2035\u02bb-\u02bf\u02c8\u02ca\u02cb\ua78b\ua78c\uff07\uff40\u1fef\u0374`\u201a\u02b9\u02c0\u02c1\u02f4\u0559\u055a\u055b\u055d\u05f3\u07f4\u07f5\u275b\u275c\u0384\u1fbd\u1fbf\u1ffd\u1ffe\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]', '', 'g'), NFKD)), '[\u0300-\u036f]', '', 'g'),
      'øłđðı', 'olddi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[-\u2010-\u2015\s]+', ' ', 'g'))
$$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.written_out(name text) RETURNS text LANGUAGE sql AS $$
  SELECT replace(replace(replace(replace(replace(lower(normalize(name, NFC)), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'ø', 'oe')
$$;
--> statement-breakpoint
UPDATE customers SET
  first_fold = pg_temp.fold_anew(concat_ws(' ', first_name, second_first_name)),
  first_fold_tr = pg_temp.fold_anew(pg_temp.written_out(concat_ws(' ', first_name, second_first_name))),
  last_fold = pg_temp.fold_anew(concat_ws(' ', last_name, second_last_name)),
  last_fold_tr = pg_temp.fold_anew(pg_temp.written_out(concat_ws(' ', last_name, second_last_name)))
WHERE concat(first_name, second_first_name, last_name, second_last_name) ~ '[\u0384\u1fbd\u1fbf\u1ffd\u1ffe]';
--> statement-breakpoint
DROP FUNCTION pg_temp.fold_anew(text);
--> statement-breakpoint
DROP FUNCTION pg_temp.written_out(text);
--> statement-breakpoint
ALTER TABLE "customers" FORCE ROW LEVEL SECURITY;
