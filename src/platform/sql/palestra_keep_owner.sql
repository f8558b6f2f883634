-- A cancelation keeps its contract and a time its category: nothing moves it to another.
create or replace function palestra_keep_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% keeps what it belongs to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
