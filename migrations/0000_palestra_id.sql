-- One sequence for all entities of all tenants: an id is never valid for two kinds of thing, and ascending = creation order.
CREATE SEQUENCE "palestra_id" AS bigint START WITH 1000000001 MAXVALUE 9007199254740991 CACHE 1;
--> statement-breakpoint
-- palestra_app: what the server becomes on every connection, so that row-level security binds it even when the login role is a superuser.
-- palestra_lookup: owner of the few functions that must look before a tenant is known. Nobody logs in as either.
-- Roles belong to the cluster, not to the database: another database may have made them already.
DO $$
DECLARE
  wanted text;
  reachable boolean;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['palestra_app', 'palestra_lookup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
      -- Creating a role grants its administration only; becoming it is a grant of its own. Inheriting stays off:
      -- the login role must not see other tenants' rows without saying so.
      EXECUTE format('SELECT pg_has_role(current_user, %L, ''SET'')', wanted) INTO reachable;
      IF NOT reachable THEN
        EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', wanted);
      END IF;
    ELSIF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END
$$;
