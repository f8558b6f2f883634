-- The last day of a contract or of one of its modules, without end while it goes on renewing. Cancelations that wait for
-- staff change nothing yet; a withdrawal that waits keeps the cancelation. A snapshot is left out where the end is final.
create or replace function palestra_last_day(canceled_to date, snapshot jsonb, committed_end date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(canceled_to, CASE WHEN snapshot ->> 'extensionType' IN ('TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL') THEN NULL
    ELSE committed_end END)
$$;
