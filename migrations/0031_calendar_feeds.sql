CREATE TABLE "calendar_feeds" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"activation_id" bigint NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"class_id" bigint,
	"employee_id" bigint,
	"booking_id" bigint,
	CONSTRAINT "calendar_feeds_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "calendar_feeds_of_one_thing" CHECK (num_nonnulls("calendar_feeds"."class_id", "calendar_feeds"."employee_id", "calendar_feeds"."booking_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_activation_id_fk" FOREIGN KEY ("tenant_id","activation_id") REFERENCES "public"."activations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_class_id_fk" FOREIGN KEY ("tenant_id","class_id") REFERENCES "public"."classes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_booking_id_fk" FOREIGN KEY ("tenant_id","booking_id") REFERENCES "public"."bookings"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_token_hash_unique" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "calendar_feeds_activation" ON "calendar_feeds" USING btree ("tenant_id","activation_id","id");--> statement-breakpoint
CREATE INDEX "calendar_feeds_booking" ON "calendar_feeds" USING btree ("tenant_id","booking_id") WHERE "calendar_feeds"."booking_id" is not null;
--> statement-breakpoint
-- by hand
-- What the link to a calendar needs to know before its tenant is known; judging it is the application's business, and what
-- the calendar shows is read afterwards, inside the tenant.
CREATE FUNCTION palestra_find_calendar_feed(wanted_hash bytea) RETURNS TABLE (
  feed_id bigint, class_id bigint, employee_id bigint, booking_id bigint,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text,
  activation_status text, scopes text[], integration_id bigint, visible_studio_ids bigint[],
  studio_id bigint, studio_name text, studio_status text, time_zone text, language_tag text,
  street text, house_number text, zip text, city text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.class_id, f.employee_id, f.booking_id, t.id, t.slug, t.status, t.default_language,
    a.status, a.scopes, a.integration_id,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = f.tenant_id AND v.integration_id = a.integration_id AND v.status = 'ACTIVE' ORDER BY v.studio_id),
    s.id, s.name, s.status, s.time_zone, s.language_tag, s.street, s.house_number, s.zip, s.city
  FROM calendar_feeds f
  JOIN activations a ON a.tenant_id = f.tenant_id AND a.id = f.activation_id
  JOIN studios s ON s.tenant_id = f.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = f.tenant_id AND t.id = f.tenant_id
  WHERE f.token_hash = wanted_hash
$$;
--> statement-breakpoint
SELECT palestra_open_for_lookup('calendar_feeds'::regclass);
--> statement-breakpoint
SELECT palestra_own_lookup('palestra_find_calendar_feed(bytea)'::regprocedure);
--> statement-breakpoint
SELECT palestra_protect_tables();
