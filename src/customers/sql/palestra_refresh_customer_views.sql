-- Besides the views, the standings; a customer who was merged into another has none. What stays the same is not written.
create or replace function palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  later bigint := nullif(current_setting('palestra.views_later', true), '')::bigint;
BEGIN
  -- A unit that writes much about this customer makes its view at the end (src/customers/views-once.ts).
  wanted := array_remove(wanted, later);
  IF cardinality(wanted) = 0 THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(palestra_customer_views_key(wanted_tenant));
  PERFORM FROM customers c WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) ORDER BY c.id FOR NO KEY UPDATE;
  DELETE FROM customer_views v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted)
    AND c.tenant_id = v.tenant_id AND c.id = v.customer_id AND (c.erased_at IS NOT NULL OR c.system);
  DELETE FROM customer_standings v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted) AND c.tenant_id = v.tenant_id AND c.id = v.customer_id
    AND (c.erased_at IS NOT NULL OR c.system OR c.merged_into_id IS NOT NULL);
  INSERT INTO customer_views (tenant_id, customer_id, studio_id, blocked_integration_ids, whole)
  SELECT c.tenant_id, c.id, c.studio_id,
    ARRAY(SELECT b.integration_id FROM customer_integration_blocks b WHERE b.tenant_id = c.tenant_id AND b.customer_id = c.id),
    palestra_customer_whole(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) AND c.erased_at IS NULL AND NOT c.system
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET
    studio_id = excluded.studio_id, blocked_integration_ids = excluded.blocked_integration_ids, whole = excluded.whole;
  INSERT INTO customer_standings AS known (tenant_id, customer_id, standing)
  SELECT c.tenant_id, c.id, palestra_customer_standing(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted)
    AND c.erased_at IS NULL AND NOT c.system AND c.merged_into_id IS NULL
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET standing = excluded.standing
  WHERE known.standing::text <> excluded.standing::text;
END
$$;
