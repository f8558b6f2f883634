-- What was booked stays as it was booked; a correction is another row. Only removing a whole tenant empties these tables.
create or replace function palestra_guard_ledger() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('palestra.tenant_removal', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

create or replace trigger journal_entries_append_only BEFORE UPDATE OR DELETE ON "journal_entries" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();

create or replace trigger postings_append_only BEFORE UPDATE OR DELETE ON "postings" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();

create or replace trigger allocations_append_only BEFORE UPDATE OR DELETE ON "allocations" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();

create or replace trigger day_closes_append_only BEFORE UPDATE OR DELETE ON "day_closes" FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();

create or replace trigger journal_entries_no_truncate BEFORE TRUNCATE ON "journal_entries" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

create or replace trigger postings_no_truncate BEFORE TRUNCATE ON "postings" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

create or replace trigger allocations_no_truncate BEFORE TRUNCATE ON "allocations" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
