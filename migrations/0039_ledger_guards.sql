set local check_function_bodies = off;
--> statement-breakpoint
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
--> statement-breakpoint
-- An entry dated on a closed day is refused, whoever writes it.
create or replace function palestra_guard_entry_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF palestra_open_day(NEW.studio_id, NEW.booking_date) > NEW.booking_date THEN
    RAISE EXCEPTION 'the day % of studio % is closed', NEW.booking_date, NEW.studio_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_day_open';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- What was booked stays as it was booked; a correction is another row. Only removing a whole tenant empties these tables.
create or replace function palestra_guard_ledger() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('palestra.tenant_removal', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
-- The day on which an entry is booked that wants to stand on another one: a closed day takes none. Holds the days of the
-- studio open until the transaction ends: a close waits for all entries that are on their way, and they for it.
create or replace function palestra_open_day(studio bigint, wanted date) RETURNS date LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('palestra.day_close', studio));
  RETURN greatest(wanted, (SELECT max(day) + 1 FROM day_closes WHERE studio_id = studio));
END
$$;
--> statement-breakpoint
create constraint trigger journal_entries_balanced AFTER INSERT ON "journal_entries" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();
--> statement-breakpoint
create constraint trigger postings_balanced AFTER INSERT ON "postings" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();
--> statement-breakpoint
create or replace trigger journal_entries_day_open BEFORE INSERT ON "journal_entries" FOR EACH ROW EXECUTE FUNCTION palestra_guard_entry_day();
--> statement-breakpoint
create or replace trigger journal_entries_append_only BEFORE UPDATE OR DELETE ON "journal_entries" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
--> statement-breakpoint
create or replace trigger postings_append_only BEFORE UPDATE OR DELETE ON "postings" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
--> statement-breakpoint
create or replace trigger allocations_append_only BEFORE UPDATE OR DELETE ON "allocations" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
--> statement-breakpoint
create or replace trigger day_closes_append_only BEFORE UPDATE OR DELETE ON "day_closes" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
--> statement-breakpoint
create or replace trigger journal_entries_no_truncate BEFORE TRUNCATE ON "journal_entries" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
--> statement-breakpoint
create or replace trigger postings_no_truncate BEFORE TRUNCATE ON "postings" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
--> statement-breakpoint
create or replace trigger allocations_no_truncate BEFORE TRUNCATE ON "allocations" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
--> statement-breakpoint
set local check_function_bodies = on;
