-- Tenants with events that have not been handed to the webhooks yet.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_outbox() RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM outbox_events e WHERE e.tenant_id = t.id AND e.fanned_out_at IS NULL)
  ORDER BY t.id
$$;

select palestra_own_lookup('palestra_tenants_with_outbox()'::regprocedure);
