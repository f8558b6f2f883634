DROP INDEX "payment_run_items_pending";--> statement-breakpoint
ALTER TABLE "tax_rates" ADD COLUMN "retax_after" bigint;--> statement-breakpoint
ALTER TABLE "bank_entries" ADD COLUMN "top_up_entry_id" bigint;--> statement-breakpoint
ALTER TABLE "stripe_intents" ADD COLUMN "follow_at" timestamptz;--> statement-breakpoint
ALTER TABLE "bank_entries" ADD CONSTRAINT "bank_entries_top_up_entry_id_fk" FOREIGN KEY ("tenant_id","top_up_entry_id") REFERENCES "public"."journal_entries"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_entries_top_up" ON "bank_entries" USING btree ("tenant_id","top_up_entry_id") WHERE "bank_entries"."top_up_entry_id" is not null;--> statement-breakpoint
CREATE INDEX "stripe_intents_follow" ON "stripe_intents" USING btree ("tenant_id","follow_at") WHERE "stripe_intents"."follow_at" is not null;--> statement-breakpoint
-- by hand
-- Room for the version of each item that is fixed: then no index takes part in it.
ALTER TABLE payment_run_items SET (fillfactor = 50);
