-- Whose call of Stripe it may be that names this studio; the signature decides.
create or replace function palestra_find_stripe_account(wanted bigint) RETURNS TABLE (tenant_id bigint, webhook_secret_enc bytea)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.tenant_id, a.webhook_secret_enc
  FROM stripe_accounts a
  JOIN tenants t ON t.tenant_id = a.tenant_id AND t.id = a.tenant_id
  WHERE a.studio_id = wanted AND t.status = 'ACTIVE'
$$;

select palestra_own_lookup('palestra_find_stripe_account(bigint)'::regprocedure);
