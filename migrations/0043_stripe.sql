CREATE TABLE "payment_disputes" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"provider_ref" text NOT NULL,
	"payment_id" bigint NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "payment_disputes_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_disputes_state_known" CHECK ("payment_disputes"."state" in ('OPEN', 'WON', 'LOST'))
);
--> statement-breakpoint
CREATE TABLE "provider_events" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"provider" text NOT NULL,
	"event_id" text NOT NULL,
	"type" text NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "provider_events_pk" PRIMARY KEY("tenant_id","provider","event_id"),
	CONSTRAINT "provider_events_provider_known" CHECK ("provider_events"."provider" in ('STRIPE'))
);
--> statement-breakpoint
CREATE TABLE "stripe_accounts" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"account_id" text NOT NULL,
	"live" boolean NOT NULL,
	"publishable_key" text NOT NULL,
	"secret_key_enc" "bytea" NOT NULL,
	"webhook_secret_enc" "bytea" NOT NULL,
	"methods" text[] NOT NULL,
	"seen_until" bigint,
	"next_check_at" timestamptz NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "stripe_accounts_pk" PRIMARY KEY("tenant_id","studio_id")
);
--> statement-breakpoint
CREATE TABLE "stripe_intents" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"key" uuid NOT NULL,
	"studio_id" bigint NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"intent_id" text,
	CONSTRAINT "stripe_intents_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "stripe_intents_kind_known" CHECK ("stripe_intents"."kind" in ('PAYMENT', 'SETUP'))
);
--> statement-breakpoint
ALTER TABLE "payment_settings" ADD COLUMN "provider" text DEFAULT 'SANDBOX' NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_disputes" ADD CONSTRAINT "payment_disputes_payment_id_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_accounts" ADD CONSTRAINT "stripe_accounts_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_intents" ADD CONSTRAINT "stripe_intents_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_disputes_ref_unique" ON "payment_disputes" USING btree ("tenant_id","provider_ref");--> statement-breakpoint
CREATE INDEX "payment_disputes_payment" ON "payment_disputes" USING btree ("tenant_id","payment_id");--> statement-breakpoint
CREATE INDEX "provider_events_age" ON "provider_events" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "stripe_accounts_next_check" ON "stripe_accounts" USING btree ("tenant_id","next_check_at");--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_intents_key_unique" ON "stripe_intents" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_intents_intent_unique" ON "stripe_intents" USING btree ("tenant_id","intent_id");--> statement-breakpoint
ALTER TABLE "payment_settings" ADD CONSTRAINT "payment_settings_provider_known" CHECK ("payment_settings"."provider" in ('SANDBOX', 'STRIPE'));
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
SELECT palestra_open_for_lookup('stripe_accounts');
--> statement-breakpoint
-- Whose call of Stripe it may be that names this studio; the signature decides.
create or replace function palestra_find_stripe_account(wanted bigint) RETURNS TABLE (tenant_id bigint, webhook_secret_enc bytea)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.tenant_id, a.webhook_secret_enc
  FROM stripe_accounts a
  JOIN tenants t ON t.tenant_id = a.tenant_id AND t.id = a.tenant_id
  WHERE a.studio_id = wanted AND t.status = 'ACTIVE'
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_find_stripe_account(bigint)'::regprocedure);
