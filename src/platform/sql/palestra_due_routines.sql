-- Routines fall due in real time. A round that a node holds is left out until its lease ends.
create or replace function palestra_due_routines(names text[], real_now timestamptz)
RETURNS TABLE (tenant_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.tenant_id, j.name FROM scheduled_jobs j
  WHERE j.studio_id IS NULL AND j.name = ANY (names) AND j.next_run_at <= real_now
    AND (j.locked_until IS NULL OR j.locked_until <= real_now)
  ORDER BY j.next_run_at, j.tenant_id, j.name
$$;

select palestra_own_lookup('palestra_due_routines(text[], timestamptz)'::regprocedure);
