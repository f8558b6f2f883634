CREATE TABLE "contract_documents" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"contract_id" bigint NOT NULL,
	"buyer" jsonb,
	"file_id" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamptz,
	"failure" text,
	"created_at" timestamptz NOT NULL,
	"printed_at" timestamptz,
	CONSTRAINT "contract_documents_pk" PRIMARY KEY("tenant_id","contract_id"),
	CONSTRAINT "contract_documents_attempts_counted" CHECK ("contract_documents"."attempts" >= 0),
	CONSTRAINT "contract_documents_printed_once" CHECK (num_nonnulls("contract_documents"."file_id", "contract_documents"."buyer") = 1),
	CONSTRAINT "contract_documents_printed_at" CHECK (("contract_documents"."file_id" is null) = ("contract_documents"."printed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "offer_specimens" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"file_id" bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "offer_specimens_pk" PRIMARY KEY("tenant_id","offer_id","studio_id")
);
--> statement-breakpoint
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_file_id_fk" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_file_id_fk" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_documents_file_unique" ON "contract_documents" USING btree ("tenant_id","file_id");--> statement-breakpoint
CREATE INDEX "contract_documents_due" ON "contract_documents" USING btree ("tenant_id","due_at") WHERE "contract_documents"."file_id" is null;--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
SELECT palestra_open_for_lookup('contract_documents'::regclass);
--> statement-breakpoint
-- Documents of contracts fall due in real time.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_due_documents(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM contract_documents d
    WHERE d.tenant_id = t.id AND d.file_id IS NULL AND (d.due_at IS NULL OR d.due_at <= real_now))
  ORDER BY t.id
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_tenants_with_due_documents(timestamptz)'::regprocedure);
