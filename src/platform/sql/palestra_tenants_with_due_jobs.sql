-- Daily jobs fall due by the clock of their tenant. Rows of other names belong to other versions, rows without a studio to
-- routines.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_due_jobs(names text[], real_now timestamptz)
RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM scheduled_jobs j
    WHERE j.tenant_id = t.id AND j.studio_id IS NOT NULL AND j.name = ANY (names)
      AND j.next_run_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now))
  ORDER BY t.id
$$;

select palestra_own_lookup('palestra_tenants_with_due_jobs(text[], timestamptz)'::regprocedure);
