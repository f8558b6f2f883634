-- Documents of contracts fall due in real time.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_due_documents(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM contract_documents d
    WHERE d.tenant_id = t.id AND d.file_id IS NULL AND (d.due_at IS NULL OR d.due_at <= real_now))
  ORDER BY t.id
$$;

select palestra_own_lookup('palestra_tenants_with_due_documents(timestamptz)'::regprocedure);
