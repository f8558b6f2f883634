-- The contracts of a customer as src/contracts/contract-facts.ts reads them.
create or replace function palestra_contract_standings(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_agg(json_build_object('contractId', k.id, 'startOn', k.start_date, 'from', coalesce(k.pre_use_date, k.start_date),
      'lastDay', palestra_last_day(
        (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = k.tenant_id AND n.contract_id = k.id
          AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
        CASE WHEN NOT k.end_is_final THEN k.snapshot END, k.committed_end),
      'phases', (SELECT json_agg(json_build_object('from', p.from_date, 'rateId', p.rate_id,
          'checkinLimit', p.snapshot -> 'checkinLimit',
          'allowedTimes', CASE WHEN p.snapshot ->> 'openingHourCategoryId' IS NOT NULL THEN coalesce(
            (SELECT json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to) ORDER BY t.id)
              FROM opening_hour_category_times t
              WHERE t.tenant_id = p.tenant_id AND t.category_id = (p.snapshot ->> 'openingHourCategoryId')::bigint), '[]') END)
          ORDER BY p.seq)
        FROM contract_phases p WHERE p.tenant_id = k.tenant_id AND p.contract_id = k.id),
      'modules', (SELECT json_agg(json_build_object('moduleId', s.module_id, 'from', s.start_date, 'lastDay', palestra_last_day(
          (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = s.tenant_id AND n.sub_contract_id = s.id
            AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
          CASE WHEN NOT s.end_is_final THEN s.snapshot END, s.committed_end)) ORDER BY s.id)
        FROM sub_contracts s
        WHERE s.tenant_id = k.tenant_id AND s.contract_id = k.id AND s.kind = 'MODULE' AND s.voided_at IS NULL),
      'idlePeriods', (SELECT json_agg(json_build_object('from', i.start_date, 'lastDay', i.end_date,
          'refusesAccess', i.policy_snapshot ->> 'accessRefusal' IS NOT DISTINCT FROM 'true') ORDER BY i.start_date, i.id)
        FROM idle_periods i WHERE i.tenant_id = k.tenant_id AND i.contract_id = k.id AND i.state = 'ACCEPTED'),
      -- Null is everywhere.
      'checkinStudioIds', (SELECT CASE WHEN bool_or(x.studio_id IS NULL) THEN NULL
          ELSE coalesce(json_agg(x.studio_id ORDER BY x.studio_id), '[]') END
        FROM contract_checkin_studios x WHERE x.tenant_id = k.tenant_id AND x.contract_id = k.id))
    ORDER BY coalesce(k.pre_use_date, k.start_date), k.id)
  FROM contracts k WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.voided_at IS NULL
$$;
