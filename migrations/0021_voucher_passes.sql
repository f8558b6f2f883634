ALTER TABLE "checkin_voucher_campaigns" ADD CONSTRAINT "checkin_voucher_campaigns_default_offer_id_fk" FOREIGN KEY ("tenant_id","default_offer_id") REFERENCES "public"."online_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_voucher_redemptions" ADD CONSTRAINT "checkin_voucher_redemptions_pass_id_fk" FOREIGN KEY ("tenant_id","pass_id") REFERENCES "public"."online_offer_purchases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
