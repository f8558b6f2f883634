CREATE TABLE "device_access_log" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"device_id" bigint NOT NULL,
	"customer_id" bigint,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"dry_run" boolean NOT NULL,
	"medium_kind" text,
	"at" timestamptz NOT NULL,
	CONSTRAINT "device_access_log_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "device_access_log_outcome_known" CHECK ("device_access_log"."outcome" in ('DONE', 'GRANTED', 'REPEATED', 'REFUSED', 'NOT_IDENTIFIED')),
	CONSTRAINT "device_access_log_medium_kind_known" CHECK ("device_access_log"."medium_kind" in ('NUMBER', 'BARCODE', 'PIN', 'WALLET_PASS', 'QR_CODE'))
);
--> statement-breakpoint
CREATE TABLE "device_intervals" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"device_id" bigint NOT NULL,
	"duration_seconds" integer NOT NULL,
	"price" numeric(19, 4) NOT NULL,
	CONSTRAINT "device_intervals_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "device_intervals_positive" CHECK ("device_intervals"."duration_seconds" > 0 and "device_intervals"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "device_products" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"device_id" bigint NOT NULL,
	"shelf" text NOT NULL,
	"product" text NOT NULL,
	"price" numeric(19, 4) NOT NULL,
	"min_age" integer,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "device_products_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "device_products_price_positive" CHECK ("device_products"."price" > 0),
	CONSTRAINT "device_products_age" CHECK ("device_products"."min_age" between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "device_usages" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"device_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"duration_seconds" integer,
	"price" numeric(19, 4) NOT NULL,
	"benefit_usage_id" bigint,
	"ledger_entry_id" bigint,
	"at" timestamptz NOT NULL,
	CONSTRAINT "device_usages_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "device_usages_duration_positive" CHECK ("device_usages"."duration_seconds" > 0),
	CONSTRAINT "device_usages_price_counted" CHECK ("device_usages"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"integration_id" bigint,
	"name" text NOT NULL,
	"model" text NOT NULL,
	"state" text NOT NULL,
	"token_hash" "bytea",
	"token_enc" "bytea",
	"config" jsonb NOT NULL,
	"last_seen_at" timestamptz,
	CONSTRAINT "devices_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "devices_model_known" CHECK ("devices"."model" in ('GENERIC_CARD_READER', 'GENERIC_VENDING_READER', 'GENERIC_TIME_READER')),
	CONSTRAINT "devices_state_known" CHECK ("devices"."state" in ('NEW', 'ACTIVE', 'INACTIVE')),
	CONSTRAINT "devices_token_while_active" CHECK (("devices"."state" = 'ACTIVE') = ("devices"."token_hash" is not null) and ("devices"."token_hash" is null) = ("devices"."token_enc" is null))
);
--> statement-breakpoint
CREATE TABLE "parking_lots" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"capacity" integer NOT NULL,
	CONSTRAINT "parking_lots_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "parking_lots_capacity_counted" CHECK ("parking_lots"."capacity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "parking_stays" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"lot_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"entered_at" timestamptz NOT NULL,
	"left_at" timestamptz,
	CONSTRAINT "parking_stays_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "parking_stays_order" CHECK ("parking_stays"."entered_at" <= "parking_stays"."left_at")
);
--> statement-breakpoint
CREATE TABLE "vending_transactions" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"device_id" bigint NOT NULL,
	"transaction_id" uuid NOT NULL,
	"customer_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"expires_at" timestamptz,
	"shelf" text,
	"price" numeric(19, 4),
	"ledger_entry_id" bigint,
	"late" boolean DEFAULT false NOT NULL,
	CONSTRAINT "vending_transactions_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "vending_transactions_kind_known" CHECK ("vending_transactions"."kind" in ('VENDING', 'REVALUE')),
	CONSTRAINT "vending_transactions_state_known" CHECK ("vending_transactions"."state" in ('IDENTIFIED', 'RESERVED', 'COMPLETED', 'EXPIRED')),
	CONSTRAINT "vending_transactions_expire" CHECK (("vending_transactions"."kind" = 'VENDING') = ("vending_transactions"."expires_at" is not null)),
	CONSTRAINT "vending_transactions_shelf_priced" CHECK ("vending_transactions"."shelf" is null or "vending_transactions"."price" is not null),
	CONSTRAINT "vending_transactions_reserved" CHECK ("vending_transactions"."state" <> 'RESERVED' or "vending_transactions"."shelf" is not null),
	CONSTRAINT "vending_transactions_top_up" CHECK ("vending_transactions"."kind" = 'VENDING' or ("vending_transactions"."state" = 'COMPLETED' and "vending_transactions"."price" > 0)),
	CONSTRAINT "vending_transactions_late" CHECK (not "vending_transactions"."late" or "vending_transactions"."state" = 'COMPLETED')
);
--> statement-breakpoint
ALTER TABLE "device_intervals" ADD CONSTRAINT "device_intervals_device_id_fk" FOREIGN KEY ("tenant_id","device_id") REFERENCES "public"."devices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_products" ADD CONSTRAINT "device_products_device_id_fk" FOREIGN KEY ("tenant_id","device_id") REFERENCES "public"."devices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_usages" ADD CONSTRAINT "device_usages_device_id_fk" FOREIGN KEY ("tenant_id","device_id") REFERENCES "public"."devices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_usages" ADD CONSTRAINT "device_usages_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_lots" ADD CONSTRAINT "parking_lots_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_stays" ADD CONSTRAINT "parking_stays_lot_id_fk" FOREIGN KEY ("tenant_id","lot_id") REFERENCES "public"."parking_lots"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_stays" ADD CONSTRAINT "parking_stays_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vending_transactions" ADD CONSTRAINT "vending_transactions_device_id_fk" FOREIGN KEY ("tenant_id","device_id") REFERENCES "public"."devices"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vending_transactions" ADD CONSTRAINT "vending_transactions_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_access_log_device" ON "device_access_log" USING btree ("tenant_id","device_id","id");--> statement-breakpoint
CREATE INDEX "device_access_log_done" ON "device_access_log" USING btree ("tenant_id","device_id","customer_id","at") WHERE "device_access_log"."outcome" = 'DONE';--> statement-breakpoint
CREATE INDEX "device_access_log_customer" ON "device_access_log" USING btree ("tenant_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "device_access_log_expiry" ON "device_access_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "device_intervals_one_per_duration" ON "device_intervals" USING btree ("tenant_id","device_id","duration_seconds");--> statement-breakpoint
CREATE UNIQUE INDEX "device_products_one_per_shelf" ON "device_products" USING btree ("tenant_id","device_id","shelf") WHERE "device_products"."active";--> statement-breakpoint
CREATE INDEX "device_usages_customer" ON "device_usages" USING btree ("tenant_id","device_id","customer_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "devices_token_hash_unique" ON "devices" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "devices_studio" ON "devices" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "parking_lots_name_unique" ON "parking_lots" USING btree ("tenant_id","studio_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "parking_stays_one_open" ON "parking_stays" USING btree ("tenant_id","customer_id","lot_id") WHERE "parking_stays"."left_at" is null;--> statement-breakpoint
CREATE INDEX "parking_stays_open" ON "parking_stays" USING btree ("tenant_id","lot_id") WHERE "parking_stays"."left_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "vending_transactions_id_unique" ON "vending_transactions" USING btree ("tenant_id","transaction_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "vending_transactions_one_live" ON "vending_transactions" USING btree ("tenant_id","customer_id") WHERE "vending_transactions"."state" in ('IDENTIFIED', 'RESERVED');--> statement-breakpoint
CREATE INDEX "vending_transactions_expiry" ON "vending_transactions" USING btree ("tenant_id","expires_at") WHERE "vending_transactions"."state" in ('IDENTIFIED', 'RESERVED');--> statement-breakpoint
CREATE INDEX "vending_transactions_device" ON "vending_transactions" USING btree ("tenant_id","device_id","id");--> statement-breakpoint
-- by hand
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_device_id_fk" FOREIGN KEY ("tenant_id","device_id") REFERENCES "devices"("tenant_id","id");
--> statement-breakpoint
-- Everything that authentication needs to know about a device, in one row; judging it is the application's business.
CREATE FUNCTION palestra_find_device(wanted_hash bytea) RETURNS TABLE (
  device_id bigint, device_model text, device_state text, last_seen_at timestamptz,
  studio_id bigint, studio_name text, time_zone text, currency char(3), language_tag text, country_code char(2), studio_status text,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    d.id, d.model, d.state, d.last_seen_at,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language
  FROM devices d
  JOIN studios s ON s.tenant_id = d.tenant_id AND s.id = d.studio_id
  JOIN tenants t ON t.tenant_id = d.tenant_id AND t.id = d.tenant_id
  WHERE d.token_hash = wanted_hash
$$;
--> statement-breakpoint
SELECT palestra_open_for_lookup('devices'::regclass);
--> statement-breakpoint
SELECT palestra_own_lookup('palestra_find_device(bytea)'::regprocedure);
--> statement-breakpoint
SELECT palestra_protect_tables();
