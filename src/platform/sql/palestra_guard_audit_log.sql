-- The audit log is append-only: a row may be sealed once, and leaves only when retention lets whole sealed batches expire.
create or replace function palestra_guard_audit_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seal_no IS NULL AND NEW.seal_no IS NOT NULL
     AND to_jsonb(NEW) - 'seal_no' = to_jsonb(OLD) - 'seal_no' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND OLD.seal_no IS NOT NULL AND current_setting('palestra.audit_retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_log_append_only';
END
$$;

create or replace trigger audit_log_append_only BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION palestra_guard_audit_log();

create or replace trigger audit_log_no_truncate BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
