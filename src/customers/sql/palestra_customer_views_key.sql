-- A definition that many people share (a field, a reason, the zone of a studio) and a value of it that a customer is just
-- given do not see each other: the definition waits for all writers of the tenant, and they wait for it.
create or replace function palestra_customer_views_key(wanted_tenant bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT hashtextextended('customer-views:' || wanted_tenant, 0)
$$;
