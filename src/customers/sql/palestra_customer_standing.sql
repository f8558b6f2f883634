-- What src/customers/customer-standing.ts describes.
create or replace function palestra_customer_standing(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_build_object(
    'zone', (SELECT s.time_zone FROM studios s WHERE s.tenant_id = c.tenant_id AND s.id = c.studio_id),
    'restrictions', (SELECT json_agg(json_build_object('startDate', r.start_date, 'endDate', r.end_date) ORDER BY r.id)
      FROM access_restrictions r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    'contracts', palestra_contract_standings(c))
$$;
