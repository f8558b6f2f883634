ALTER TABLE "scheduled_jobs" ADD COLUMN "locked_until" timestamptz;--> statement-breakpoint
CREATE INDEX "scheduled_jobs_routines_due" ON "scheduled_jobs" USING btree ("next_run_at") WHERE "scheduled_jobs"."studio_id" is null;--> statement-breakpoint
ALTER TABLE "scheduled_jobs" ADD CONSTRAINT "scheduled_jobs_only_routines_locked" CHECK ("scheduled_jobs"."locked_until" is null or "scheduled_jobs"."studio_id" is null);
--> statement-breakpoint
set local check_function_bodies = off;
--> statement-breakpoint
drop function palestra_tenants_with_due_jobs(timestamp with time zone);
--> statement-breakpoint
-- Routines fall due in real time. A round that a node holds is left out until its lease ends.
create or replace function palestra_due_routines(names text[], real_now timestamptz)
RETURNS TABLE (tenant_id bigint, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.tenant_id, j.name FROM scheduled_jobs j
  WHERE j.studio_id IS NULL AND j.name = ANY (names) AND j.next_run_at <= real_now
    AND (j.locked_until IS NULL OR j.locked_until <= real_now)
  ORDER BY j.next_run_at, j.tenant_id, j.name
$$;
--> statement-breakpoint
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
--> statement-breakpoint
select palestra_own_lookup('palestra_due_routines(text[], timestamptz)'::regprocedure);
--> statement-breakpoint
select palestra_own_lookup('palestra_tenants_with_due_jobs(text[], timestamptz)'::regprocedure);
--> statement-breakpoint
set local check_function_bodies = on;
--> statement-breakpoint
-- Housekeeping used a queue in a schema of its own, which no version uses any more.
drop schema if exists pgboss cascade;
