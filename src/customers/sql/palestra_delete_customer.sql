-- A person who was emptied is deleted, media included, unless a row that must stay refers to either.
create or replace function palestra_delete_customer(gone bigint) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM access_mediums WHERE customer_id = gone;
  DELETE FROM customers WHERE id = gone AND erased_at IS NOT NULL;
  RETURN FOUND;
EXCEPTION WHEN foreign_key_violation THEN
  RETURN false;
END $$;
