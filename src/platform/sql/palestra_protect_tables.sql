-- Binds every table that has a tenant_id to the tenant stamped on the connection, the table's owner included.
-- Every migration that adds tables calls it again; what is protected already stays as it is.
create or replace function palestra_protect_tables() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid::regclass
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'own_tenant') THEN
      -- nullif: a connection that was never stamped reads NULL, one whose stamp was cleared reads ''.
      EXECUTE format(
        'CREATE POLICY own_tenant ON %s USING (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)'
        ' WITH CHECK (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)', target);
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO palestra_app', target);
  END LOOP;
END
$$;

revoke all on function palestra_protect_tables() from public;
