-- Lets palestra_lookup, and nobody else, read a table across tenants.
create or replace function palestra_open_for_lookup(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO palestra_lookup', target);
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'lookup_before_tenant') THEN
    EXECUTE format('CREATE POLICY lookup_before_tenant ON %s FOR SELECT TO palestra_lookup USING (true)', target);
  END IF;
END
$$;

revoke all on function palestra_open_for_lookup(regclass) from public;
