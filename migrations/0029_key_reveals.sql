CREATE TABLE "key_reveals" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"activation_id" bigint NOT NULL,
	"key_id" bigint NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"key_enc" "bytea",
	"expires_at" timestamptz NOT NULL,
	"revealed_at" timestamptz,
	CONSTRAINT "key_reveals_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "key_reveals_shown_once" CHECK ("key_reveals"."revealed_at" is null or "key_reveals"."key_enc" is null)
);
--> statement-breakpoint
ALTER TABLE "key_reveals" ADD CONSTRAINT "key_reveals_activation_id_fk" FOREIGN KEY ("tenant_id","activation_id") REFERENCES "public"."activations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_reveals" ADD CONSTRAINT "key_reveals_key_id_fk" FOREIGN KEY ("tenant_id","key_id") REFERENCES "public"."api_keys"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "key_reveals_token_hash_unique" ON "key_reveals" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "key_reveals_key" ON "key_reveals" USING btree ("tenant_id","key_id");--> statement-breakpoint
CREATE INDEX "key_reveals_expiry" ON "key_reveals" USING btree ("tenant_id","expires_at");--> statement-breakpoint
-- by hand
-- What a one-time link needs to know before its tenant is known; the key is read afterwards, inside the tenant.
CREATE FUNCTION palestra_find_key_reveal(wanted_hash bytea) RETURNS TABLE (
  reveal_id bigint, tenant_id bigint, tenant_slug text, tenant_status text, default_language text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, t.id, t.slug, t.status, t.default_language
  FROM key_reveals r JOIN tenants t ON t.tenant_id = r.tenant_id AND t.id = r.tenant_id
  WHERE r.token_hash = wanted_hash
$$;
--> statement-breakpoint
SELECT palestra_open_for_lookup('key_reveals'::regclass);
--> statement-breakpoint
SELECT palestra_own_lookup('palestra_find_key_reveal(bytea)'::regprocedure);
--> statement-breakpoint
SELECT palestra_protect_tables();
