-- What a customer once agreed to stays as it was said.
create or replace trigger consent_log_append_only BEFORE UPDATE ON "consent_log" FOR EACH ROW EXECUTE FUNCTION palestra_refuse_change();
