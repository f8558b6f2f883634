CREATE TABLE "deployment" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"secret_check" "bytea",
	"served_url" text,
	CONSTRAINT "deployment_single" CHECK ("deployment"."id")
);
--> statement-breakpoint
-- The receiver of the demo is a path of whichever server runs, not the port that the one had which planted it.
DO $$
DECLARE
  tenant bigint;
BEGIN
  FOR tenant IN SELECT tenant_id FROM palestra_list_tenants() WHERE slug = 'demo' LOOP
    PERFORM set_config('palestra.tenant_id', tenant::text, true);
    UPDATE webhook_endpoints SET url = '/demo/webhook-sink'
    WHERE tenant_id = tenant AND id = 81 AND url ~ '^http://127\.0\.0\.1:[0-9]+/demo/webhook-sink$';
  END LOOP;
  PERFORM set_config('palestra.tenant_id', '', true);
END
$$;
