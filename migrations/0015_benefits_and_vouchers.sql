CREATE TABLE "benefit_counters" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"rule_id" bigint NOT NULL,
	"contract_id" bigint NOT NULL,
	"period_start" date NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "benefit_counters_pk" PRIMARY KEY("tenant_id","customer_id","rule_id","contract_id","period_start"),
	CONSTRAINT "benefit_counters_used_counted" CHECK ("benefit_counters"."used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "benefit_rules" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"benefit_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"source" text NOT NULL,
	"source_id" bigint,
	"contingent" text NOT NULL,
	"amount" integer,
	"period_unit" text,
	"anchor" text,
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "benefit_rules_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "benefit_rules_source_known" CHECK ("benefit_rules"."source" in ('RATE', 'MODULE', 'ALL_MEMBERS', 'CUSTOMER')),
	CONSTRAINT "benefit_rules_contingent_known" CHECK ("benefit_rules"."contingent" in ('UNLIMITED', 'PER_PERIOD', 'TOTAL')),
	CONSTRAINT "benefit_rules_period_unit_known" CHECK ("benefit_rules"."period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "benefit_rules_anchor_known" CHECK ("benefit_rules"."anchor" in ('CALENDAR', 'CONTRACT_START')),
	CONSTRAINT "benefit_rules_source_named" CHECK (("benefit_rules"."source" = 'ALL_MEMBERS') = ("benefit_rules"."source_id" is null)),
	CONSTRAINT "benefit_rules_amount_positive" CHECK (case "benefit_rules"."contingent" when 'UNLIMITED' then "benefit_rules"."amount" is null else coalesce("benefit_rules"."amount", 0) >= 1 end),
	CONSTRAINT "benefit_rules_period_whole" CHECK (num_nonnulls("benefit_rules"."period_unit", "benefit_rules"."anchor") = case "benefit_rules"."contingent" when 'PER_PERIOD' then 2 else 0 end),
	CONSTRAINT "benefit_rules_grant_anchored" CHECK ("benefit_rules"."source" <> 'CUSTOMER' or "benefit_rules"."anchor" is distinct from 'CONTRACT_START' or "benefit_rules"."valid_from" is not null),
	CONSTRAINT "benefit_rules_dates_ordered" CHECK ("benefit_rules"."valid_from" <= "benefit_rules"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "benefit_studios" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"benefit_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"enabled" boolean NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "benefit_studios_pk" PRIMARY KEY("tenant_id","benefit_id","studio_id")
);
--> statement-breakpoint
CREATE TABLE "benefit_usages" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"benefit_id" bigint NOT NULL,
	"rule_id" bigint NOT NULL,
	"contract_id" bigint NOT NULL,
	"period_start" date,
	"used_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"source" text NOT NULL,
	"reversed_at" timestamptz,
	CONSTRAINT "benefit_usages_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "benefit_usages_source_known" CHECK ("benefit_usages"."source" in ('API', 'WEIGHING', 'DEVICE', 'STAFF'))
);
--> statement-breakpoint
CREATE TABLE "benefits" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"integration_id" bigint NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"cross_facility" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "benefits_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "benefits_key_named" CHECK ("benefits"."key" <> '')
);
--> statement-breakpoint
CREATE TABLE "checkin_voucher_campaigns" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"studio_ids" bigint[] NOT NULL,
	"offer_ids" bigint[] NOT NULL,
	"default_offer_id" bigint NOT NULL,
	"max_per_person" integer DEFAULT 1 NOT NULL,
	"members_allowed" boolean DEFAULT false NOT NULL,
	"pass_validity_value" integer,
	"pass_validity_unit" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "checkin_voucher_campaigns_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "checkin_voucher_campaigns_pass_validity_unit_known" CHECK ("checkin_voucher_campaigns"."pass_validity_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "checkin_voucher_campaigns_pass_validity_whole" CHECK (num_nonnulls("checkin_voucher_campaigns"."pass_validity_value", "checkin_voucher_campaigns"."pass_validity_unit") in (0, 2) and "checkin_voucher_campaigns"."pass_validity_value" >= 0),
	CONSTRAINT "checkin_voucher_campaigns_prefix_form" CHECK ("checkin_voucher_campaigns"."prefix" ~ '^[A-Z0-9]{5}$'),
	CONSTRAINT "checkin_voucher_campaigns_dates_ordered" CHECK ("checkin_voucher_campaigns"."valid_from" <= "checkin_voucher_campaigns"."valid_to"),
	CONSTRAINT "checkin_voucher_campaigns_person_counted" CHECK ("checkin_voucher_campaigns"."max_per_person" >= 1),
	CONSTRAINT "checkin_voucher_campaigns_default_offered" CHECK ("checkin_voucher_campaigns"."default_offer_id" = any("checkin_voucher_campaigns"."offer_ids"))
);
--> statement-breakpoint
CREATE TABLE "checkin_voucher_redemptions" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"voucher_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"person_hash" "bytea" NOT NULL,
	"pass_id" bigint NOT NULL,
	"access_medium_id" bigint NOT NULL,
	CONSTRAINT "checkin_voucher_redemptions_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "checkin_vouchers" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"campaign_id" bigint NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"code_enc" "bytea" NOT NULL,
	"max_redemptions" integer DEFAULT 1 NOT NULL,
	"redeemed" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "checkin_vouchers_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "checkin_vouchers_never_overdrawn" CHECK ("checkin_vouchers"."redeemed" between 0 and "checkin_vouchers"."max_redemptions")
);
--> statement-breakpoint
ALTER TABLE "benefit_counters" ADD CONSTRAINT "benefit_counters_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_counters" ADD CONSTRAINT "benefit_counters_rule_id_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."benefit_rules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_rules" ADD CONSTRAINT "benefit_rules_benefit_id_fk" FOREIGN KEY ("tenant_id","benefit_id") REFERENCES "public"."benefits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_rules" ADD CONSTRAINT "benefit_rules_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_studios" ADD CONSTRAINT "benefit_studios_benefit_id_fk" FOREIGN KEY ("tenant_id","benefit_id") REFERENCES "public"."benefits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_studios" ADD CONSTRAINT "benefit_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_usages" ADD CONSTRAINT "benefit_usages_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_usages" ADD CONSTRAINT "benefit_usages_benefit_id_fk" FOREIGN KEY ("tenant_id","benefit_id") REFERENCES "public"."benefits"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_usages" ADD CONSTRAINT "benefit_usages_rule_id_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."benefit_rules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefit_usages" ADD CONSTRAINT "benefit_usages_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "benefits" ADD CONSTRAINT "benefits_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_voucher_redemptions" ADD CONSTRAINT "checkin_voucher_redemptions_voucher_id_fk" FOREIGN KEY ("tenant_id","voucher_id") REFERENCES "public"."checkin_vouchers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_voucher_redemptions" ADD CONSTRAINT "checkin_voucher_redemptions_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_voucher_redemptions" ADD CONSTRAINT "checkin_voucher_redemptions_access_medium_id_fk" FOREIGN KEY ("tenant_id","access_medium_id") REFERENCES "public"."access_mediums"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_vouchers" ADD CONSTRAINT "checkin_vouchers_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "public"."checkin_voucher_campaigns"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "benefit_rules_benefit" ON "benefit_rules" USING btree ("tenant_id","benefit_id","studio_id","source","source_id");--> statement-breakpoint
CREATE INDEX "benefit_usages_customer" ON "benefit_usages" USING btree ("tenant_id","customer_id","benefit_id","used_at");--> statement-breakpoint
CREATE UNIQUE INDEX "benefits_key_unique" ON "benefits" USING btree ("tenant_id","integration_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_voucher_campaigns_prefix_unique" ON "checkin_voucher_campaigns" USING btree ("tenant_id","prefix");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_voucher_redemptions_once" ON "checkin_voucher_redemptions" USING btree ("tenant_id","voucher_id","person_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_voucher_redemptions_pass" ON "checkin_voucher_redemptions" USING btree ("tenant_id","pass_id");--> statement-breakpoint
CREATE INDEX "checkin_voucher_redemptions_person" ON "checkin_voucher_redemptions" USING btree ("tenant_id","person_hash");--> statement-breakpoint
CREATE INDEX "checkin_voucher_redemptions_customer" ON "checkin_voucher_redemptions" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_vouchers_code_unique" ON "checkin_vouchers" USING btree ("tenant_id","code_hash");--> statement-breakpoint
CREATE INDEX "checkin_vouchers_campaign" ON "checkin_vouchers" USING btree ("tenant_id","campaign_id","id");--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
