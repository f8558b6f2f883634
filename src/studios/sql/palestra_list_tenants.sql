-- Whom a round over all tenants visits.
create or replace function palestra_list_tenants() RETURNS TABLE (tenant_id bigint, slug text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.slug, t.status FROM tenants t ORDER BY t.id
$$;

select palestra_own_lookup('palestra_list_tenants()'::regprocedure);
