-- Hands a SECURITY DEFINER function to palestra_lookup and lets palestra_app call it. To replace one later: drop, create, own again.
create or replace function palestra_own_lookup(target regprocedure) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', target);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO palestra_app', target);
  -- Only a role that may create in the schema may own something there.
  GRANT CREATE ON SCHEMA public TO palestra_lookup;
  EXECUTE format('ALTER FUNCTION %s OWNER TO palestra_lookup', target);
  REVOKE CREATE ON SCHEMA public FROM palestra_lookup;
END
$$;

revoke all on function palestra_own_lookup(regprocedure) from public;
