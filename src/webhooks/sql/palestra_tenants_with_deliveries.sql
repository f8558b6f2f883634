-- Deliveries fall due by the tenant's clock; a lease runs out in real time. Deliveries held back (endpoint paused,
-- activation not active) are not work.
create or replace function palestra_tenants_with_deliveries(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM webhook_deliveries d
    JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id AND e.status = 'ACTIVE'
    JOIN activations a ON a.tenant_id = d.tenant_id AND a.id = d.activation_id AND a.status = 'ACTIVE'
    WHERE d.tenant_id = t.id AND d.state IN ('PENDING', 'RETRY_WAIT')
      AND d.next_attempt_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now)
      AND (d.lease_until IS NULL OR d.lease_until <= real_now))
  ORDER BY t.id
$$;

select palestra_own_lookup('palestra_tenants_with_deliveries(timestamptz)'::regprocedure);
