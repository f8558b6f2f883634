CREATE TABLE "privacy_requests" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'OPEN' NOT NULL,
	"integration_id" bigint,
	"requested_at" timestamptz NOT NULL,
	"finished_at" timestamptz,
	"reason" text,
	CONSTRAINT "privacy_requests_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "privacy_requests_kind_known" CHECK ("privacy_requests"."kind" in ('ERASURE')),
	CONSTRAINT "privacy_requests_state_known" CHECK ("privacy_requests"."state" in ('OPEN', 'DONE', 'REFUSED')),
	CONSTRAINT "privacy_requests_finished" CHECK (("privacy_requests"."state" = 'OPEN') = ("privacy_requests"."finished_at" is null)),
	CONSTRAINT "privacy_requests_refused_with_reason" CHECK (("privacy_requests"."state" = 'REFUSED') = ("privacy_requests"."reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "privacy_requests_one_open" ON "privacy_requests" USING btree ("tenant_id","customer_id","kind") WHERE "privacy_requests"."state" = 'OPEN';--> statement-breakpoint
CREATE INDEX "privacy_requests_queue" ON "privacy_requests" USING btree ("tenant_id","studio_id","state","id");--> statement-breakpoint
CREATE INDEX "privacy_requests_customer" ON "privacy_requests" USING btree ("tenant_id","customer_id");--> statement-breakpoint
-- by hand: a person who was emptied is deleted, media included, unless a row that must stay refers to either.
CREATE FUNCTION palestra_delete_customer(gone bigint) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM access_mediums WHERE customer_id = gone;
  DELETE FROM customers WHERE id = gone AND erased_at IS NOT NULL;
  RETURN FOUND;
EXCEPTION WHEN foreign_key_violation THEN
  RETURN false;
END $$;
--> statement-breakpoint
SELECT palestra_protect_tables();
