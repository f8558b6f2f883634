-- The account that a customer pays from, as src/customers/customer-row.ts reads it: no row without one. Only direct debits
-- of the SEPA area carry an IBAN. It has no search path of its own, so that the planner makes it a part of the statement
-- that asks.
create or replace function palestra_customer_bank_account(wanted_tenant bigint, wanted bigint) RETURNS TABLE (bank_account json)
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT json_build_object('holder', i.holder, 'bank', i.bank, 'bic', i.bic, 'sealedIban',
    CASE WHEN i.type IN ('SEPA', 'CH_DD', 'LSV') THEN translate(encode(i.account_enc, 'base64'), E'\n', '') END)
  FROM payment_instruments i
  WHERE i.tenant_id = wanted_tenant AND i.customer_id = wanted AND i.is_run_default AND i.state = 'ACTIVE'
    AND i.type IN ('SEPA', 'CH_DD', 'LSV', 'BACS', 'ACH')
$$;
