CREATE TABLE "communication_threads" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"status" text NOT NULL,
	"subject" text NOT NULL,
	"ticket_number" text,
	"ticket_link" text,
	"agent" text,
	"integration_id" bigint,
	CONSTRAINT "communication_threads_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "communication_threads_status_known" CHECK ("communication_threads"."status" in ('CREATED', 'ONGOING', 'CLOSED'))
);
--> statement-breakpoint
CREATE TABLE "communications" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"thread_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"direction" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text NOT NULL,
	"content" text NOT NULL,
	"agent" text,
	"occurred_at" timestamptz NOT NULL,
	CONSTRAINT "communications_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "communications_direction_known" CHECK ("communications"."direction" in ('INCOMING', 'OUTGOING')),
	CONSTRAINT "communications_channel_known" CHECK ("communications"."channel" in ('LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "amendment_configs" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"mode" text NOT NULL,
	"require_signature" boolean DEFAULT false NOT NULL,
	CONSTRAINT "amendment_configs_pk" PRIMARY KEY("tenant_id","studio_id","kind"),
	CONSTRAINT "amendment_configs_kind_known" CHECK ("amendment_configs"."kind" in ('CONTACT_DATA', 'ADDRESS_DATA', 'MASTER_DATA', 'PAYMENT_DATA', 'CONTRACT_CANCELATION', 'MODULE_CANCELATION', 'IDLE_PERIOD')),
	CONSTRAINT "amendment_configs_mode_known" CHECK ("amendment_configs"."mode" in ('READ', 'CHANGES_REQUIRE_VERIFICATION', 'CHANGES_WITHOUT_VERIFICATION')),
	CONSTRAINT "amendment_configs_signature_of_payment" CHECK ("amendment_configs"."kind" = 'PAYMENT_DATA' or not "amendment_configs"."require_signature")
);
--> statement-breakpoint
CREATE TABLE "customer_amendments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"base" jsonb,
	"proposed" jsonb,
	"base_enc" "bytea",
	"proposed_enc" "bytea",
	"changed_fields" text[] NOT NULL,
	"signature_file_id" bigint,
	"requested_by" text NOT NULL,
	"requested_at" timestamptz NOT NULL,
	"decided_at" timestamptz,
	"decided_by" text,
	"reason" text,
	CONSTRAINT "customer_amendments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customer_amendments_kind_known" CHECK ("customer_amendments"."kind" in ('CONTACT_DATA', 'ADDRESS_DATA', 'MASTER_DATA', 'PAYMENT_DATA')),
	CONSTRAINT "customer_amendments_status_known" CHECK ("customer_amendments"."status" in ('PENDING', 'APPLIED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED', 'CANCELLED')),
	CONSTRAINT "customer_amendments_decided" CHECK (("customer_amendments"."status" = 'PENDING') = ("customer_amendments"."decided_at" is null)),
	CONSTRAINT "customer_amendments_rejected_with_reason" CHECK ("customer_amendments"."status" <> 'REJECTED' or "customer_amendments"."reason" is not null),
	CONSTRAINT "customer_amendments_bank_data_sealed" CHECK (case when "customer_amendments"."kind" = 'PAYMENT_DATA' then num_nonnulls("customer_amendments"."base", "customer_amendments"."proposed") = 0
        else num_nonnulls("customer_amendments"."base_enc", "customer_amendments"."proposed_enc", "customer_amendments"."signature_file_id") = 0 end)
);
--> statement-breakpoint
CREATE TABLE "outgoing_mails" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"purpose" text NOT NULL,
	"customer_id" bigint,
	"entity_kind" text,
	"entity_id" bigint,
	"message_id" text NOT NULL,
	"content_enc" "bytea",
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamptz,
	"handed_over" boolean DEFAULT false NOT NULL,
	"settled_at" timestamptz,
	"failure" text,
	CONSTRAINT "outgoing_mails_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "outgoing_mails_state_known" CHECK ("outgoing_mails"."state" in ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN')),
	CONSTRAINT "outgoing_mails_settled" CHECK (("outgoing_mails"."state" in ('QUEUED', 'SENDING')) = ("outgoing_mails"."settled_at" is null)),
	CONSTRAINT "outgoing_mails_content" CHECK ("outgoing_mails"."state" not in ('QUEUED', 'SENDING') or "outgoing_mails"."content_enc" is not null)
);
--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_threads" ADD CONSTRAINT "communication_threads_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communications" ADD CONSTRAINT "communications_thread_id_fk" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "public"."communication_threads"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communications" ADD CONSTRAINT "communications_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment_configs" ADD CONSTRAINT "amendment_configs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_amendments" ADD CONSTRAINT "customer_amendments_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_amendments" ADD CONSTRAINT "customer_amendments_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_amendments" ADD CONSTRAINT "customer_amendments_signature_file_id_fk" FOREIGN KEY ("tenant_id","signature_file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "communication_threads_customer" ON "communication_threads" USING btree ("tenant_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "communication_threads_ticket" ON "communication_threads" USING btree ("tenant_id","ticket_number");--> statement-breakpoint
CREATE INDEX "communications_thread" ON "communications" USING btree ("tenant_id","thread_id","id");--> statement-breakpoint
CREATE INDEX "communications_customer" ON "communications" USING btree ("tenant_id","customer_id","occurred_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "customer_amendments_one_pending" ON "customer_amendments" USING btree ("tenant_id","customer_id","kind") WHERE "customer_amendments"."status" = 'PENDING';--> statement-breakpoint
CREATE INDEX "customer_amendments_customer" ON "customer_amendments" USING btree ("tenant_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "customer_amendments_inbox" ON "customer_amendments" USING btree ("tenant_id","studio_id","status","requested_at");--> statement-breakpoint
CREATE INDEX "outgoing_mails_due" ON "outgoing_mails" USING btree ("tenant_id","due_at") WHERE "outgoing_mails"."state" in ('QUEUED', 'SENDING');--> statement-breakpoint
CREATE INDEX "outgoing_mails_customer" ON "outgoing_mails" USING btree ("tenant_id","customer_id","id") WHERE "outgoing_mails"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "outgoing_mails_entity" ON "outgoing_mails" USING btree ("tenant_id","entity_kind","entity_id");--> statement-breakpoint
-- by hand
CREATE FUNCTION palestra_tenants_with_due_mails(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM outgoing_mails m
    WHERE m.tenant_id = t.id AND m.state IN ('QUEUED', 'SENDING') AND (m.due_at IS NULL OR m.due_at <= real_now))
  ORDER BY t.id
$$;
--> statement-breakpoint
SELECT palestra_own_lookup('palestra_tenants_with_due_mails(timestamptz)'::regprocedure);
--> statement-breakpoint
SELECT palestra_protect_tables();
