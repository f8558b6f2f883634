-- What the tenant's own clock shows at the given real moment.
create or replace function palestra_tenant_now(mode text, offset_ms bigint, frozen_at timestamptz, real_now timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE mode
    WHEN 'OFFSET' THEN real_now + offset_ms * interval '1 millisecond'
    WHEN 'FROZEN' THEN frozen_at
    ELSE real_now
  END
$$;
