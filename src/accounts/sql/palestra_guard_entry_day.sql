-- An entry dated on a closed day is refused, also when it is written by hand.
create or replace function palestra_guard_entry_day() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF palestra_open_day(NEW.studio_id, NEW.booking_date) > NEW.booking_date THEN
    RAISE EXCEPTION 'the day % of studio % is closed', NEW.booking_date, NEW.studio_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_day_open';
  END IF;
  RETURN NEW;
END
$$;

create or replace trigger journal_entries_day_open BEFORE INSERT ON "journal_entries" FOR EACH ROW EXECUTE FUNCTION palestra_guard_entry_day();
