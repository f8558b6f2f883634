ALTER TABLE "audit_seals" ADD COLUMN "row_ids" bigint[] NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD COLUMN "row_hashes" "bytea" NOT NULL;