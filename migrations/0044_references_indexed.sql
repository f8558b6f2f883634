CREATE INDEX "allocations_customer_id_ref" ON "allocations" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "credit_items_entry_id_ref" ON "credit_items" USING btree ("tenant_id","entry_id");--> statement-breakpoint
CREATE INDEX "debt_claims_posted_entry_id_ref" ON "debt_claims" USING btree ("tenant_id","posted_entry_id") WHERE "debt_claims"."posted_entry_id" is not null;--> statement-breakpoint
CREATE INDEX "debt_claims_parent_claim_id_ref" ON "debt_claims" USING btree ("tenant_id","parent_claim_id") WHERE "debt_claims"."parent_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "dunning_notices_fee_claim_id_ref" ON "dunning_notices" USING btree ("tenant_id","fee_claim_id") WHERE "dunning_notices"."fee_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_claim_id_ref" ON "postings" USING btree ("tenant_id","claim_id") WHERE "postings"."claim_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_credit_item_id_ref" ON "postings" USING btree ("tenant_id","credit_item_id") WHERE "postings"."credit_item_id" is not null;--> statement-breakpoint
CREATE INDEX "bookings_charge_claim_id_ref" ON "bookings" USING btree ("tenant_id","charge_claim_id") WHERE "bookings"."charge_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_access_medium_id_ref" ON "check_ins" USING btree ("tenant_id","access_medium_id") WHERE "check_ins"."access_medium_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_pass_id_ref" ON "check_ins" USING btree ("tenant_id","pass_id") WHERE "check_ins"."pass_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_contract_id_ref" ON "check_ins" USING btree ("tenant_id","contract_id") WHERE "check_ins"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contract_cancelations_contract_id_ref" ON "contract_cancelations" USING btree ("tenant_id","contract_id") WHERE "contract_cancelations"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contract_cancelations_sub_contract_id_ref" ON "contract_cancelations" USING btree ("tenant_id","sub_contract_id") WHERE "contract_cancelations"."sub_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_referred_by_customer_id_ref" ON "contracts" USING btree ("tenant_id","referred_by_customer_id") WHERE "contracts"."referred_by_customer_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_switched_from_id_ref" ON "contracts" USING btree ("tenant_id","switched_from_id") WHERE "contracts"."switched_from_id" is not null;--> statement-breakpoint
CREATE INDEX "idle_periods_document_id_ref" ON "idle_periods" USING btree ("tenant_id","document_id") WHERE "idle_periods"."document_id" is not null;--> statement-breakpoint
CREATE INDEX "sub_contracts_previous_id_ref" ON "sub_contracts" USING btree ("tenant_id","previous_id") WHERE "sub_contracts"."previous_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_documents_file_id_ref" ON "customer_documents" USING btree ("tenant_id","file_id");--> statement-breakpoint
CREATE INDEX "customers_image_file_id_ref" ON "customers" USING btree ("tenant_id","image_file_id") WHERE "customers"."image_file_id" is not null;--> statement-breakpoint
CREATE INDEX "customers_merged_into_id_ref" ON "customers" USING btree ("tenant_id","merged_into_id") WHERE "customers"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "device_usages_customer_id_ref" ON "device_usages" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "device_usages_benefit_usage_id_ref" ON "device_usages" USING btree ("tenant_id","benefit_usage_id") WHERE "device_usages"."benefit_usage_id" is not null;--> statement-breakpoint
CREATE INDEX "parking_stays_customer_id_ref" ON "parking_stays" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "vending_transactions_customer_id_ref" ON "vending_transactions" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "entitlement_usages_booking_id_ref" ON "entitlement_usages" USING btree ("tenant_id","booking_id");--> statement-breakpoint
CREATE INDEX "entitlements_sub_contract_id_ref" ON "entitlements" USING btree ("tenant_id","sub_contract_id") WHERE "entitlements"."sub_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_converted_contract_id_ref" ON "leads" USING btree ("tenant_id","converted_contract_id") WHERE "leads"."converted_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "membership_voucher_redemptions_code_id_ref" ON "membership_voucher_redemptions" USING btree ("tenant_id","code_id");--> statement-breakpoint
CREATE INDEX "online_offer_purchases_payment_id_ref" ON "online_offer_purchases" USING btree ("tenant_id","payment_id") WHERE "online_offer_purchases"."payment_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_instruments_signature_file_id_ref" ON "payment_instruments" USING btree ("tenant_id","signature_file_id") WHERE "payment_instruments"."signature_file_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_requests_instrument_id_ref" ON "payment_requests" USING btree ("tenant_id","instrument_id") WHERE "payment_requests"."instrument_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_sessions_customer_id_ref" ON "payment_sessions" USING btree ("tenant_id","customer_id") WHERE "payment_sessions"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "payments_instrument_id_ref" ON "payments" USING btree ("tenant_id","instrument_id") WHERE "payments"."instrument_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_amendments_signature_file_id_ref" ON "customer_amendments" USING btree ("tenant_id","signature_file_id") WHERE "customer_amendments"."signature_file_id" is not null;--> statement-breakpoint
CREATE INDEX "checkin_voucher_redemptions_access_medium_id_ref" ON "checkin_voucher_redemptions" USING btree ("tenant_id","access_medium_id");