-- An entry has two lines or more, in one currency, that add up to zero. Checked at the commit, when all of them are there.
create or replace function palestra_check_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  entry bigint;
  is_whole boolean;
BEGIN
  IF TG_TABLE_NAME = 'postings' THEN entry := NEW.entry_id; ELSE entry := NEW.id; END IF;
  SELECT count(*) >= 2 AND count(DISTINCT currency) = 1 AND sum(amount) = 0 INTO is_whole
  FROM postings WHERE tenant_id = NEW.tenant_id AND entry_id = entry;
  IF NOT is_whole THEN
    RAISE EXCEPTION 'the journal entry % does not add up', entry
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balanced';
  END IF;
  RETURN NULL;
END
$$;

create constraint trigger journal_entries_balanced AFTER INSERT ON "journal_entries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();

create constraint trigger postings_balanced AFTER INSERT ON "postings" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();
