-- A definition that many people share (a field, a reason, the zone of a studio) and a value of it that somebody is just
-- given do not see each other: the definition waits for all writers of the tenant, and they wait for it.
CREATE FUNCTION palestra_customer_views_key(wanted_tenant bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT hashtextextended('customer-views:' || wanted_tenant, 0)
$$;
--> statement-breakpoint
-- Two changes of one person queue up at its row, so that the later one sees the earlier. Erased people have no view.
CREATE OR REPLACE FUNCTION palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(palestra_customer_views_key(wanted_tenant));
  PERFORM FROM customers c WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) ORDER BY c.id FOR NO KEY UPDATE;
  DELETE FROM customer_views v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted)
    AND c.tenant_id = v.tenant_id AND c.id = v.customer_id AND (c.erased_at IS NOT NULL OR c.system);
  INSERT INTO customer_views (tenant_id, customer_id, studio_id, blocked_integration_ids, whole)
  SELECT c.tenant_id, c.id, c.studio_id,
    ARRAY(SELECT b.integration_id FROM customer_integration_blocks b WHERE b.tenant_id = c.tenant_id AND b.customer_id = c.id),
    palestra_customer_whole(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) AND c.erased_at IS NULL AND NOT c.system
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET
    studio_id = excluded.studio_id, blocked_integration_ids = excluded.blocked_integration_ids, whole = excluded.whole;
END
$$;
--> statement-breakpoint
-- A part may go from one person to another: then both have changed.
CREATE OR REPLACE FUNCTION palestra_customer_part_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (
      SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL
      UNION SELECT tenant_id, customer_id FROM before WHERE customer_id IS NOT NULL
    ) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION palestra_idle_period_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id
      FROM (SELECT tenant_id, contract_id FROM changed UNION SELECT tenant_id, contract_id FROM before) p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id FROM changed p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION palestra_idle_reason_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n JOIN idle_periods p ON p.tenant_id = n.tenant_id AND p.reason_id = n.id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION palestra_information_field_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT a.tenant_id, a.customer_id FROM changed f
    JOIN additional_information_assignments a ON a.tenant_id = f.tenant_id AND a.field_id = f.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Most changes of a studio are not about its zone and must not wait for anybody.
CREATE OR REPLACE FUNCTION palestra_studio_zone_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id))
  FROM (SELECT DISTINCT s.tenant_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT c.tenant_id, c.id AS customer_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone
    JOIN customers c ON c.tenant_id = s.tenant_id AND c.studio_id = s.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
