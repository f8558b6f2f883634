-- The day on which an entry is booked that wants to stand on another one: a closed day takes none. Holds the days of the
-- studio open until the transaction ends: a close waits for all entries that are on their way, and they for it.
create or replace function palestra_open_day(studio bigint, wanted date) RETURNS date LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('palestra.day_close', studio));
  RETURN greatest(wanted, (SELECT max(day) + 1 FROM day_closes WHERE studio_id = studio));
END
$$;
