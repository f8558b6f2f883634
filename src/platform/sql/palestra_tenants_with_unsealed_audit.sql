-- Tenants whose audit log has rows that no seal covers yet.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_unsealed_audit() RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM audit_log l WHERE l.tenant_id = t.id AND l.seal_no IS NULL)
  ORDER BY t.id
$$;

select palestra_own_lookup('palestra_tenants_with_unsealed_audit()'::regprocedure);
