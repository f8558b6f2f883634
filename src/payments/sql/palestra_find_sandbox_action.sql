-- Whose charge waits behind the page on which a payer approves it.
create or replace function palestra_find_sandbox_action(wanted uuid) RETURNS TABLE (tenant_id bigint, charge_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM sandbox_charges c WHERE c.action_key = wanted
$$;

select palestra_own_lookup('palestra_find_sandbox_action(uuid)'::regprocedure);
