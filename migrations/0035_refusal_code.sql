-- by hand
-- Fails the statement that calls it with an SQLSTATE of our own, so that a condition within a statement undoes all of it.
CREATE FUNCTION palestra_refuse(code text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'refused by a condition of the statement' USING ERRCODE = code;
END
$$;
