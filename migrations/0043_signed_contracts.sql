CREATE TABLE "contract_signatures" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"text_block_id" bigint,
	"drawing" "bytea" NOT NULL,
	"signed_at" timestamptz NOT NULL,
	CONSTRAINT "contract_signatures_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contract_text_consents" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"text_block_id" bigint NOT NULL,
	"text_hash" "bytea" NOT NULL,
	"confirmed_at" timestamptz NOT NULL,
	CONSTRAINT "contract_text_consents_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "credit_items" DROP CONSTRAINT "credit_items_kind_known";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "payer" text DEFAULT 'MEMBER' NOT NULL;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "company_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "contract_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "component" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "component_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "period_from" date;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "seq" integer;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "mandatory_on_signing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "end_is_final" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "next_change_on" date;--> statement-breakpoint
ALTER TABLE "sub_contracts" ADD COLUMN "end_is_final" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_text_consents" ADD CONSTRAINT "contract_text_consents_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_text_consents" ADD CONSTRAINT "contract_text_consents_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signatures_once" ON "contract_signatures" USING btree ("tenant_id","contract_id","text_block_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signatures_main_once" ON "contract_signatures" USING btree ("tenant_id","contract_id") WHERE "contract_signatures"."text_block_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_text_consents_once" ON "contract_text_consents" USING btree ("tenant_id","contract_id","text_block_id");--> statement-breakpoint
CREATE UNIQUE INDEX "debt_claims_line_unique" ON "debt_claims" USING btree ("tenant_id","contract_id","component","component_id","period_from","seq","payer") WHERE "debt_claims"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_next_change" ON "contracts" USING btree ("tenant_id","studio_id","next_change_on") WHERE "contracts"."next_change_on" is not null;--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_kind_known" CHECK ("credit_items"."kind" in ('PAYMENT', 'VOUCHER', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_payer_known" CHECK ("debt_claims"."payer" in ('MEMBER', 'COMPANY'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_component_known" CHECK ("debt_claims"."component" in ('RATE', 'PRE_USE', 'FLAT_FEE', 'MODULE', 'IDLE_PERIOD'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_line_whole" CHECK (num_nonnulls("debt_claims"."contract_id", "debt_claims"."component", "debt_claims"."component_id", "debt_claims"."period_from", "debt_claims"."seq") in (0, 5));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_company_named" CHECK (("debt_claims"."payer" = 'COMPANY') = ("debt_claims"."company_id" is not null));--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('CHARGE', 'CREDIT_NOTE', 'PAYMENT', 'RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION', 'REFUND', 'WRITE_OFF', 'VOUCHER', 'TOP_UP', 'SPEND', 'PAY_OUT', 'CREDIT_CORRECTION', 'INSTALLMENT_PLAN'));--> statement-breakpoint
-- by hand
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_company_id_fk" FOREIGN KEY ("tenant_id","company_id") REFERENCES "public"."companies"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "membership_voucher_redemptions" ADD CONSTRAINT "membership_voucher_redemptions_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_offer_term_id_fk" FOREIGN KEY ("tenant_id","offer_term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id");
--> statement-breakpoint
create or replace function palestra_last_day(canceled_to date, snapshot jsonb, committed_end date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(canceled_to, CASE WHEN snapshot ->> 'extensionType' IN ('TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL') THEN NULL
    ELSE committed_end END)
$$;
--> statement-breakpoint
create or replace function palestra_contract_standings(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_agg(json_build_object('contractId', k.id, 'startOn', k.start_date, 'from', coalesce(k.pre_use_date, k.start_date),
      'lastDay', palestra_last_day(
        (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = k.tenant_id AND n.contract_id = k.id
          AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
        CASE WHEN NOT k.end_is_final THEN k.snapshot END, k.committed_end),
      'phases', (SELECT json_agg(json_build_object('from', p.from_date, 'rateId', p.rate_id,
          'checkinLimit', p.snapshot -> 'checkinLimit',
          'allowedTimes', CASE WHEN p.snapshot ->> 'openingHourCategoryId' IS NOT NULL THEN coalesce(
            (SELECT json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to) ORDER BY t.id)
              FROM opening_hour_category_times t
              WHERE t.tenant_id = p.tenant_id AND t.category_id = (p.snapshot ->> 'openingHourCategoryId')::bigint), '[]') END)
          ORDER BY p.seq)
        FROM contract_phases p WHERE p.tenant_id = k.tenant_id AND p.contract_id = k.id),
      'modules', (SELECT json_agg(json_build_object('moduleId', s.module_id, 'from', s.start_date, 'lastDay', palestra_last_day(
          (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = s.tenant_id AND n.sub_contract_id = s.id
            AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
          CASE WHEN NOT s.end_is_final THEN s.snapshot END, s.committed_end)) ORDER BY s.id)
        FROM sub_contracts s
        WHERE s.tenant_id = k.tenant_id AND s.contract_id = k.id AND s.kind = 'MODULE' AND s.voided_at IS NULL),
      'idlePeriods', (SELECT json_agg(json_build_object('from', i.start_date, 'lastDay', i.end_date,
          'refusesAccess', i.policy_snapshot ->> 'accessRefusal' IS NOT DISTINCT FROM 'true') ORDER BY i.start_date, i.id)
        FROM idle_periods i WHERE i.tenant_id = k.tenant_id AND i.contract_id = k.id AND i.state = 'ACCEPTED'),
      -- Null is everywhere.
      'checkinStudioIds', (SELECT CASE WHEN bool_or(x.studio_id IS NULL) THEN NULL
          ELSE coalesce(json_agg(x.studio_id ORDER BY x.studio_id), '[]') END
        FROM contract_checkin_studios x WHERE x.tenant_id = k.tenant_id AND x.contract_id = k.id))
    ORDER BY coalesce(k.pre_use_date, k.start_date), k.id)
  FROM contracts k WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.voided_at IS NULL
$$;
--> statement-breakpoint
SELECT palestra_protect_tables();
--> statement-breakpoint
-- by hand: contracts that go on until they are canceled are looked at on the day after their committed end; the owner of
-- the table passes by its row-level security for as long as it takes.
ALTER TABLE "contracts" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE contracts k SET next_change_on = committed_end + 1
WHERE voided_at IS NULL AND snapshot ->> 'extensionType' = 'TERM_EXTENSION';
--> statement-breakpoint
ALTER TABLE "contracts" FORCE ROW LEVEL SECURITY;
