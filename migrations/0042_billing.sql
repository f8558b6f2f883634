CREATE TABLE "billing_run_items" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"retry_at" timestamptz,
	CONSTRAINT "billing_run_items_pk" PRIMARY KEY("tenant_id","run_id","customer_id"),
	CONSTRAINT "billing_run_items_state_known" CHECK ("billing_run_items"."state" in ('PENDING', 'DONE', 'FAILED')),
	CONSTRAINT "billing_run_items_failed_says_why" CHECK (("billing_run_items"."state" = 'FAILED') = ("billing_run_items"."error" is not null)),
	CONSTRAINT "billing_run_items_retry_of_failed" CHECK ("billing_run_items"."retry_at" is null or "billing_run_items"."state" = 'FAILED')
);
--> statement-breakpoint
CREATE TABLE "billing_runs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"run_date" date NOT NULL,
	"state" text NOT NULL,
	"gathered_to" bigint DEFAULT 0 NOT NULL,
	"is_gathered" boolean DEFAULT false NOT NULL,
	"completed_at" timestamptz,
	CONSTRAINT "billing_runs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "billing_runs_state_known" CHECK ("billing_runs"."state" in ('RUNNING', 'STOPPED', 'COMPLETED')),
	CONSTRAINT "billing_runs_completed" CHECK (("billing_runs"."state" = 'COMPLETED') = ("billing_runs"."completed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "billing_run_items" ADD CONSTRAINT "billing_run_items_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."billing_runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_run_items" ADD CONSTRAINT "billing_run_items_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_runs" ADD CONSTRAINT "billing_runs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "billing_run_items_pending" ON "billing_run_items" USING btree ("tenant_id","run_id","customer_id") WHERE "billing_run_items"."state" = 'PENDING';--> statement-breakpoint
CREATE INDEX "billing_run_items_retried" ON "billing_run_items" USING btree ("tenant_id","retry_at") WHERE "billing_run_items"."state" = 'FAILED';--> statement-breakpoint
CREATE INDEX "billing_run_items_customer" ON "billing_run_items" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_once_a_day" ON "billing_runs" USING btree ("tenant_id","studio_id","run_date");--> statement-breakpoint
CREATE INDEX "billing_runs_open" ON "billing_runs" USING btree ("tenant_id","id") WHERE "billing_runs"."state" <> 'COMPLETED';
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
