CREATE TABLE "online_offer_purchases" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"online_offer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"name" text NOT NULL,
	"price" numeric(19, 4) NOT NULL,
	"purchased_at" timestamptz NOT NULL,
	"purchase_date" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"quantity" integer NOT NULL,
	"remaining" integer NOT NULL,
	"use_minutes" integer,
	"usable_until" timestamptz,
	"payment_id" bigint,
	CONSTRAINT "online_offer_purchases_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "online_offer_purchases_quantity_positive" CHECK ("online_offer_purchases"."quantity" >= 1),
	CONSTRAINT "online_offer_purchases_remaining_counted" CHECK ("online_offer_purchases"."remaining" between 0 and "online_offer_purchases"."quantity"),
	CONSTRAINT "online_offer_purchases_dates_ordered" CHECK ("online_offer_purchases"."valid_from" <= "online_offer_purchases"."valid_to"),
	CONSTRAINT "online_offer_purchases_period_timed" CHECK ("online_offer_purchases"."usable_until" is null or "online_offer_purchases"."use_minutes" >= 1)
);
--> statement-breakpoint
CREATE TABLE "online_offers" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"image_key" bigint,
	"price" numeric(19, 4),
	"quantity" integer DEFAULT 1 NOT NULL,
	"period_of_use_value" integer NOT NULL,
	"period_of_use_unit" text NOT NULL,
	"redeem_within_value" integer,
	"redeem_within_unit" text,
	"sale_from" date,
	"sale_to" date,
	"per_customer_limit" integer,
	"required_rate_code" text,
	"allow_on_account" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "online_offers_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "online_offers_period_of_use_unit_known" CHECK ("online_offers"."period_of_use_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "online_offers_redeem_within_unit_known" CHECK ("online_offers"."redeem_within_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "online_offers_period_of_use_whole" CHECK (num_nonnulls("online_offers"."period_of_use_value", "online_offers"."period_of_use_unit") in (0, 2) and "online_offers"."period_of_use_value" >= 0),
	CONSTRAINT "online_offers_redeem_within_whole" CHECK (num_nonnulls("online_offers"."redeem_within_value", "online_offers"."redeem_within_unit") in (0, 2) and "online_offers"."redeem_within_value" >= 0),
	CONSTRAINT "online_offers_price_counted" CHECK ("online_offers"."price" >= 0),
	CONSTRAINT "online_offers_quantity_positive" CHECK ("online_offers"."quantity" >= 1),
	CONSTRAINT "online_offers_period_positive" CHECK ("online_offers"."period_of_use_value" >= 1),
	CONSTRAINT "online_offers_limit_positive" CHECK ("online_offers"."per_customer_limit" >= 1),
	CONSTRAINT "online_offers_sale_ordered" CHECK ("online_offers"."sale_from" <= "online_offers"."sale_to")
);
--> statement-breakpoint
DROP INDEX "check_ins_open";--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "enforce_capacity" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "admit_bookings" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "online_offer_purchases" ADD CONSTRAINT "online_offer_purchases_online_offer_id_fk" FOREIGN KEY ("tenant_id","online_offer_id") REFERENCES "public"."online_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_offer_purchases" ADD CONSTRAINT "online_offer_purchases_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_offer_purchases" ADD CONSTRAINT "online_offer_purchases_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_offers" ADD CONSTRAINT "online_offers_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_offers" ADD CONSTRAINT "online_offers_image_key_fk" FOREIGN KEY ("tenant_id","image_key") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "online_offer_purchases_customer" ON "online_offer_purchases" USING btree ("tenant_id","customer_id","valid_to");--> statement-breakpoint
CREATE INDEX "online_offer_purchases_offer" ON "online_offer_purchases" USING btree ("tenant_id","online_offer_id");--> statement-breakpoint
CREATE INDEX "online_offers_studio" ON "online_offers" USING btree ("tenant_id","studio_id","position","id");--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_pass_id_fk" FOREIGN KEY ("tenant_id","pass_id") REFERENCES "public"."online_offer_purchases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_ins_open" ON "check_ins" USING btree ("tenant_id","studio_id","checked_in_at") WHERE "check_ins"."checked_out_at" is null;--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
