-- Who a tenant is that is called by its slug, before a connection is stamped.
create or replace function palestra_find_tenant(wanted_slug text) RETURNS TABLE (tenant_id bigint, slug text, status text, name text, default_language text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.slug, t.status, t.name, t.default_language FROM tenants t WHERE t.slug = wanted_slug
$$;

select palestra_own_lookup('palestra_find_tenant(text)'::regprocedure);
