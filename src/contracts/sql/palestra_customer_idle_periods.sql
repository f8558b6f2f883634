-- The pauses of a customer's contracts, as src/customers/customer-row.ts reads them. A row with no search path of its own,
-- so that the planner makes it a part of the statement that asks.
create or replace function palestra_customer_idle_periods(wanted_tenant bigint, wanted bigint) RETURNS TABLE (idle_periods json)
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT json_agg(json_build_object('id', p.id, 'startDate', p.start_date, 'endDate', coalesce(p.end_date, k.committed_end),
      'reason', n.name, 'unlimited', p.unlimited, 'contractId', k.id, 'rateName', k.snapshot ->> 'rateName')
    ORDER BY p.start_date, p.id)
  FROM contracts k JOIN idle_periods p ON p.tenant_id = k.tenant_id AND p.contract_id = k.id AND p.state = 'ACCEPTED'
    LEFT JOIN idle_reasons n ON n.tenant_id = p.tenant_id AND n.id = p.reason_id
  WHERE k.tenant_id = wanted_tenant AND k.customer_id = wanted AND k.voided_at IS NULL
$$;
