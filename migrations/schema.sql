-- The schema after all migrations, printed from the catalogue by `npm run schema`: to read and to compare, not to run.
-- A table is followed by its indexes, policies, rights and triggers; functions and views come at the end.

CREATE SEQUENCE palestra_id AS bigint START WITH 1000000001 MAXVALUE 9007199254740991 CACHE 1;
-- grant USAGE to palestra_app

CREATE TABLE access_code_uses (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  step integer NOT NULL,
  device_id bigint NOT NULL,
  used_at timestamp with time zone NOT NULL,
  CONSTRAINT access_code_uses_pk PRIMARY KEY (tenant_id, step, customer_id, device_id),
  CONSTRAINT access_code_uses_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
ALTER TABLE access_code_uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_code_uses FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_code_uses FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE access_mediums (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  type text NOT NULL,
  value_norm text NOT NULL,
  value_enc bytea,
  owner_integration_id bigint,
  valid_until timestamp with time zone,
  removed_at timestamp with time zone,
  CONSTRAINT access_mediums_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT access_mediums_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT access_mediums_owner_integration_id_fk FOREIGN KEY (tenant_id, owner_integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT access_mediums_pin_encrypted CHECK (((type = 'PIN'::text) = (value_enc IS NOT NULL))),
  CONSTRAINT access_mediums_type_known CHECK ((type = ANY (ARRAY['CARD_NUMBER'::text, 'PIN'::text, 'BARCODE'::text, 'WALLET_PASS'::text])))
);
CREATE INDEX access_mediums_customer ON public.access_mediums USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX access_mediums_value_unique ON public.access_mediums USING btree (tenant_id, type, value_norm) WHERE (removed_at IS NULL);
ALTER TABLE access_mediums ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_mediums FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_mediums FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER access_mediums_view_delete AFTER DELETE ON public.access_mediums REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER access_mediums_view_insert AFTER INSERT ON public.access_mediums REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER access_mediums_view_update AFTER UPDATE ON public.access_mediums REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE access_restrictions (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  source text NOT NULL,
  integration_id bigint,
  reason text NOT NULL,
  start_date date,
  end_date date,
  CONSTRAINT access_restrictions_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT access_restrictions_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT access_restrictions_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT access_restrictions_dates_ordered CHECK ((start_date <= end_date)),
  CONSTRAINT access_restrictions_dates_whole CHECK ((num_nonnulls(start_date, end_date) = ANY (ARRAY[0, 2]))),
  CONSTRAINT access_restrictions_integration_named CHECK (((source = 'INTEGRATION'::text) = (integration_id IS NOT NULL))),
  CONSTRAINT access_restrictions_source_known CHECK ((source = ANY (ARRAY['INTEGRATION'::text, 'STAFF'::text, 'DUNNING'::text])))
);
CREATE INDEX access_restrictions_customer ON public.access_restrictions USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX access_restrictions_one_per_integration ON public.access_restrictions USING btree (tenant_id, customer_id, integration_id) WHERE (source = 'INTEGRATION'::text);
ALTER TABLE access_restrictions ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_restrictions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON access_restrictions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER access_restrictions_view_delete AFTER DELETE ON public.access_restrictions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER access_restrictions_view_insert AFTER INSERT ON public.access_restrictions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER access_restrictions_view_update AFTER UPDATE ON public.access_restrictions REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE activations (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  integration_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  status text NOT NULL,
  scopes text[] NOT NULL,
  confirmed_at timestamp with time zone,
  webhooks_enabled_at timestamp with time zone,
  CONSTRAINT activations_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT activations_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT activations_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT activations_status_known CHECK ((status = ANY (ARRAY['REQUESTED'::text, 'ACTIVE'::text, 'SUSPENDED'::text, 'ENDED'::text])))
);
CREATE UNIQUE INDEX activations_one_per_studio ON public.activations USING btree (tenant_id, integration_id, studio_id) WHERE (status <> 'ENDED'::text);
CREATE INDEX activations_studio ON public.activations USING btree (tenant_id, studio_id);
ALTER TABLE activations ENABLE ROW LEVEL SECURITY;
ALTER TABLE activations FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON activations FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON activations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE additional_information_assignments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  field_id bigint NOT NULL,
  value text NOT NULL,
  CONSTRAINT additional_information_assignments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT additional_information_assignments_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT additional_information_assignments_field_id_fk FOREIGN KEY (tenant_id, field_id) REFERENCES additional_information_fields(tenant_id, id)
);
CREATE UNIQUE INDEX additional_information_assignments_one ON public.additional_information_assignments USING btree (tenant_id, customer_id, field_id);
ALTER TABLE additional_information_assignments ENABLE ROW LEVEL SECURITY;
ALTER TABLE additional_information_assignments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON additional_information_assignments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER additional_information_assignments_view_delete AFTER DELETE ON public.additional_information_assignments REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER additional_information_assignments_view_insert AFTER INSERT ON public.additional_information_assignments REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER additional_information_assignments_view_update AFTER UPDATE ON public.additional_information_assignments REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE additional_information_fields (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  abbreviation text,
  type text NOT NULL,
  multi boolean DEFAULT false NOT NULL,
  "position" integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  studio_ids bigint[] NOT NULL,
  CONSTRAINT additional_information_fields_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT additional_information_fields_multi_is_list CHECK (((NOT multi) OR (type = 'LIST'::text))),
  CONSTRAINT additional_information_fields_type_known CHECK ((type = ANY (ARRAY['BOOLEAN'::text, 'DATE'::text, 'LIST'::text, 'NUMERIC'::text, 'TEXT'::text])))
);
ALTER TABLE additional_information_fields ENABLE ROW LEVEL SECURITY;
ALTER TABLE additional_information_fields FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON additional_information_fields FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER additional_information_fields_view_update AFTER UPDATE ON public.additional_information_fields REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_information_field_changed();

CREATE TABLE additional_information_list_items (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  field_id bigint NOT NULL,
  name text NOT NULL,
  "position" integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT additional_information_list_items_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT additional_information_list_items_field_id_fk FOREIGN KEY (tenant_id, field_id) REFERENCES additional_information_fields(tenant_id, id)
);
CREATE INDEX additional_information_list_items_field ON public.additional_information_list_items USING btree (tenant_id, field_id);
ALTER TABLE additional_information_list_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE additional_information_list_items FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON additional_information_list_items FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE age_adjustments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  payment_frequency_id bigint NOT NULL,
  start_age integer NOT NULL,
  end_age integer NOT NULL,
  type text NOT NULL,
  percentage numeric(7,4),
  price numeric(19,4),
  CONSTRAINT age_adjustments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT age_adjustments_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT age_adjustments_ages_ordered CHECK (((0 <= start_age) AND (start_age <= end_age))),
  CONSTRAINT age_adjustments_percentage CHECK (((type = 'PERCENTAGE'::text) = (percentage IS NOT NULL))),
  CONSTRAINT age_adjustments_percentage_within CHECK (((percentage >= (0)::numeric) AND (percentage <= (100)::numeric))),
  CONSTRAINT age_adjustments_price CHECK (((type = 'ABSOLUTE'::text) = (price IS NOT NULL))),
  CONSTRAINT age_adjustments_type_known CHECK ((type = ANY (ARRAY['PERCENTAGE'::text, 'ABSOLUTE'::text])))
);
CREATE INDEX age_adjustments_frequency ON public.age_adjustments USING btree (tenant_id, payment_frequency_id, start_age);
ALTER TABLE age_adjustments ENABLE ROW LEVEL SECURITY;
ALTER TABLE age_adjustments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON age_adjustments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER age_adjustments_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.age_adjustments FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE agency_cases (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  agency_contract_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  agency_id text NOT NULL,
  public_id text,
  CONSTRAINT agency_cases_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT agency_cases_agency_contract_id_fk FOREIGN KEY (tenant_id, agency_contract_id) REFERENCES agency_contracts(tenant_id, id),
  CONSTRAINT agency_cases_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
CREATE UNIQUE INDEX agency_cases_agency_id_unique ON public.agency_cases USING btree (tenant_id, agency_contract_id, agency_id);
CREATE INDEX agency_cases_customer ON public.agency_cases USING btree (tenant_id, customer_id);
ALTER TABLE agency_cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE agency_cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON agency_cases FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE agency_contracts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  integration_id bigint NOT NULL,
  type text NOT NULL,
  on_closure text NOT NULL,
  on_rejection text NOT NULL,
  allow_case_updates boolean NOT NULL,
  min_total numeric(19,4) NOT NULL,
  min_overdue_days integer NOT NULL,
  stage_name text NOT NULL,
  restrict_access boolean NOT NULL,
  state text NOT NULL,
  min_dunning_level integer DEFAULT 0 NOT NULL,
  handover_reasons text[] DEFAULT '{}'::text[] NOT NULL,
  CONSTRAINT agency_contracts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT agency_contracts_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT agency_contracts_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT agency_contracts_least_counted CHECK (((min_total >= (0)::numeric) AND (min_overdue_days >= 0) AND (min_dunning_level >= 0))),
  CONSTRAINT agency_contracts_on_closure_known CHECK ((on_closure = ANY (ARRAY['BY_PARTNER'::text, 'ALWAYS'::text]))),
  CONSTRAINT agency_contracts_on_rejection_known CHECK ((on_rejection = ANY (ARRAY['BY_PARTNER'::text, 'ALWAYS'::text]))),
  CONSTRAINT agency_contracts_state_known CHECK ((state = ANY (ARRAY['ACTIVE'::text, 'ENDED'::text, 'TERMINATED'::text]))),
  CONSTRAINT agency_contracts_type_known CHECK ((type = ANY (ARRAY['TRUST'::text, 'PURCHASE'::text])))
);
CREATE INDEX agency_contracts_integration ON public.agency_contracts USING btree (tenant_id, studio_id, integration_id);
CREATE UNIQUE INDEX agency_contracts_one_active ON public.agency_contracts USING btree (tenant_id, studio_id) WHERE (state = 'ACTIVE'::text);
ALTER TABLE agency_contracts ENABLE ROW LEVEL SECURITY;
ALTER TABLE agency_contracts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON agency_contracts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE agency_requests (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  integration_id bigint NOT NULL,
  request_id text NOT NULL,
  body_sha256 bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT agency_requests_pk PRIMARY KEY (tenant_id, studio_id, integration_id, request_id),
  CONSTRAINT agency_requests_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT agency_requests_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
ALTER TABLE agency_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE agency_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON agency_requests FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE allocations (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  claim_id bigint NOT NULL,
  credit_item_id bigint,
  credit_claim_id bigint,
  amount numeric(19,4) NOT NULL,
  undoes_allocation_id bigint,
  CONSTRAINT allocations_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT allocations_claim_id_fk FOREIGN KEY (tenant_id, claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT allocations_credit_claim_id_fk FOREIGN KEY (tenant_id, credit_claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT allocations_credit_item_id_fk FOREIGN KEY (tenant_id, credit_item_id) REFERENCES credit_items(tenant_id, id),
  CONSTRAINT allocations_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT allocations_undoes_allocation_id_fk FOREIGN KEY (tenant_id, undoes_allocation_id) REFERENCES allocations(tenant_id, id),
  CONSTRAINT allocations_one_credit CHECK ((num_nonnulls(credit_item_id, credit_claim_id) = 1))
);
CREATE INDEX allocations_claim ON public.allocations USING btree (tenant_id, claim_id);
CREATE INDEX allocations_credit_claim ON public.allocations USING btree (tenant_id, credit_claim_id);
CREATE INDEX allocations_credit_item ON public.allocations USING btree (tenant_id, credit_item_id);
CREATE INDEX allocations_customer_id_ref ON public.allocations USING btree (tenant_id, customer_id);
CREATE INDEX allocations_undone ON public.allocations USING btree (tenant_id, undoes_allocation_id);
ALTER TABLE allocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE allocations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON allocations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER allocations_append_only BEFORE DELETE OR UPDATE ON public.allocations FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
CREATE TRIGGER allocations_no_truncate BEFORE TRUNCATE ON public.allocations FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

CREATE TABLE amendment_configs (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  mode text NOT NULL,
  require_signature boolean DEFAULT false NOT NULL,
  CONSTRAINT amendment_configs_pk PRIMARY KEY (tenant_id, studio_id, kind),
  CONSTRAINT amendment_configs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT amendment_configs_kind_known CHECK ((kind = ANY (ARRAY['CONTACT_DATA'::text, 'ADDRESS_DATA'::text, 'MASTER_DATA'::text, 'PAYMENT_DATA'::text, 'CONTRACT_CANCELATION'::text, 'MODULE_CANCELATION'::text, 'IDLE_PERIOD'::text]))),
  CONSTRAINT amendment_configs_mode_known CHECK ((mode = ANY (ARRAY['READ'::text, 'CHANGES_REQUIRE_VERIFICATION'::text, 'CHANGES_WITHOUT_VERIFICATION'::text]))),
  CONSTRAINT amendment_configs_signature_of_payment CHECK (((kind = 'PAYMENT_DATA'::text) OR (NOT require_signature)))
);
ALTER TABLE amendment_configs ENABLE ROW LEVEL SECURITY;
ALTER TABLE amendment_configs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON amendment_configs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE api_keys (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  activation_id bigint NOT NULL,
  kind text NOT NULL,
  key_hash bytea,
  key_enc bytea,
  hint text NOT NULL,
  status text NOT NULL,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT api_keys_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT api_keys_activation_id_fk FOREIGN KEY (tenant_id, activation_id) REFERENCES activations(tenant_id, id),
  CONSTRAINT api_keys_kind_known CHECK ((kind = ANY (ARRAY['INBOUND'::text, 'WEBHOOK'::text]))),
  CONSTRAINT api_keys_secret_by_kind CHECK ((((kind = 'INBOUND'::text) = (key_hash IS NOT NULL)) AND ((kind = 'WEBHOOK'::text) = (key_enc IS NOT NULL)))),
  CONSTRAINT api_keys_status_known CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'REVOKED'::text])))
);
CREATE INDEX api_keys_activation ON public.api_keys USING btree (tenant_id, activation_id);
CREATE UNIQUE INDEX api_keys_key_hash_unique ON public.api_keys USING btree (key_hash);
CREATE UNIQUE INDEX api_keys_one_webhook_key ON public.api_keys USING btree (tenant_id, activation_id) WHERE ((kind = 'WEBHOOK'::text) AND (status = 'ACTIVE'::text));
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON api_keys FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON api_keys FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE appointments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  bookable_id bigint NOT NULL,
  start timestamp with time zone NOT NULL,
  "end" timestamp with time zone NOT NULL,
  status text NOT NULL,
  note text,
  CONSTRAINT appointments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT appointments_bookable_id_fk FOREIGN KEY (tenant_id, bookable_id) REFERENCES bookable_appointments(tenant_id, id),
  CONSTRAINT appointments_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT appointments_order CHECK ((start < "end")),
  CONSTRAINT appointments_status_known CHECK ((status = ANY (ARRAY['PLANNED'::text, 'CANCELED'::text])))
);
CREATE INDEX appointments_bookable ON public.appointments USING btree (tenant_id, bookable_id, start);
CREATE INDEX appointments_studio ON public.appointments USING btree (tenant_id, studio_id, start, id);
ALTER TABLE appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON appointments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE audit_log (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_kind text NOT NULL,
  actor_id bigint,
  actor_detail jsonb,
  action text NOT NULL,
  entity_kind text NOT NULL,
  entity_id bigint,
  studio_id bigint,
  diff jsonb,
  trace_id text,
  ip text,
  seal_no bigint,
  CONSTRAINT audit_log_pk PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_log_entity ON public.audit_log USING btree (tenant_id, entity_kind, entity_id, id);
CREATE INDEX audit_log_seal ON public.audit_log USING btree (tenant_id, seal_no, id) WHERE (seal_no IS NOT NULL);
CREATE INDEX audit_log_unsealed ON public.audit_log USING btree (tenant_id, id) WHERE (seal_no IS NULL);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON audit_log FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON audit_log FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION palestra_guard_audit_log();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

CREATE TABLE audit_seals (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  no bigint NOT NULL,
  row_count integer NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  row_ids bigint[] NOT NULL,
  row_hashes bytea NOT NULL,
  CONSTRAINT audit_seals_pk PRIMARY KEY (tenant_id, no)
);
ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_seals FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE bank_entries (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  import_id bigint NOT NULL,
  "position" integer NOT NULL,
  direction text NOT NULL,
  is_booked boolean NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  instructed numeric(19,4),
  charges numeric(19,4),
  booked_on date,
  bank_ref text,
  end_to_end_id text,
  reason_code text,
  family text,
  name text,
  account text,
  text text,
  fingerprint bytea NOT NULL,
  occurrence integer DEFAULT 1 NOT NULL,
  state text NOT NULL,
  unmatched_reason text,
  error text,
  payment_id bigint,
  cost numeric(19,4),
  rejection_reason text,
  note text,
  updated_at timestamp with time zone NOT NULL,
  top_up_entry_id bigint,
  CONSTRAINT bank_entries_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT bank_entries_import_id_fk FOREIGN KEY (tenant_id, import_id) REFERENCES bank_imports(tenant_id, id),
  CONSTRAINT bank_entries_payment_id_fk FOREIGN KEY (tenant_id, payment_id) REFERENCES credit_items(tenant_id, id),
  CONSTRAINT bank_entries_top_up_entry_id_fk FOREIGN KEY (tenant_id, top_up_entry_id) REFERENCES journal_entries(tenant_id, id),
  CONSTRAINT bank_entries_amount_positive CHECK ((amount > (0)::numeric)),
  CONSTRAINT bank_entries_direction_known CHECK ((direction = ANY (ARRAY['CREDIT'::text, 'DEBIT'::text]))),
  CONSTRAINT bank_entries_rejection_reason_known CHECK ((rejection_reason = ANY (ARRAY['PURCHASE_LIMIT'::text, 'INVALID_IBAN'::text, 'CLOSED_BANKACCOUNT'::text, 'FRAUD'::text, 'INSOLVENCY'::text, 'DECEASED'::text, 'INCOMPLETE_ADDRESS'::text, 'INVALID_ADDRESS'::text, 'INVALID_OR_MISSING_INFORMATION'::text, 'CHARGED_BACK'::text, 'ALREADY_PURCHASED'::text, 'ALREADY_CHARGED_BACK'::text, 'CONTESTED_CONTRACT'::text, 'WITHDRAWN_MANDATE'::text, 'INVALID_SEPA_MANDATE'::text, 'IBAN_BLACKLISTED'::text, 'TERMINATED_CONTRACT'::text, 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE'::text, 'AMOUNT_EXCEEDS_LIMIT'::text, 'NON_CONTRACTUAL'::text, 'PURCHASING_SUSPENDED'::text, 'INSTRUCTED_BY_STUDIO'::text, 'MISSING_LIABLE_PERSON'::text, 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN'::text, 'ACCOUNT_CLOSED_BEFORE_COLLECTION'::text, 'DEBT_OVERAGED'::text, 'DUNNING_UNSUCCESSFUL'::text, 'AUTOMATIC_CHARGEBACK'::text, 'STUDIO_CLOSED_DOWN'::text, 'REPEATED_INVALID_SEPA_MANDATE'::text, 'SETTLEMENT_AGREEMENT'::text, 'INVALID_SEPA_CREDITOR_ID'::text, 'INSUFFICIENT_COVERING'::text, 'OPPOSITION'::text, 'INVALID_BANK_INFORMATION'::text, 'INVALID_MANDATE'::text, 'AUTHORIZATION_DECLINED'::text, 'INVALID_CARD'::text, 'CARD_EXPIRED'::text, 'REVOKED_BY_CUSTOMER'::text, 'UNSUPPORTED_DEBT_CLAIM_TYPE'::text, 'PURCHASESTOP_FRAUD'::text, 'ALREADY_REJECTED'::text, 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE'::text, 'MANUALLY_REJECTED'::text, 'MANUALLY_SET_PURCHASESTOP'::text, 'OTHER'::text, 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY'::text, 'UNKNOWN'::text]))),
  CONSTRAINT bank_entries_returned_names_payment CHECK (((payment_id IS NOT NULL) OR (state <> ALL (ARRAY['MATCHED'::text, 'RETURNED'::text, 'ALREADY_RETURNED'::text, 'COLLECTED'::text])))),
  CONSTRAINT bank_entries_state_known CHECK ((state = ANY (ARRAY['MATCHED'::text, 'RETURNED'::text, 'ALREADY_RETURNED'::text, 'COLLECTED'::text, 'DUPLICATE'::text, 'UNMATCHED'::text, 'SETTLED'::text]))),
  CONSTRAINT bank_entries_unmatched_reason_known CHECK ((unmatched_reason = ANY (ARRAY['UNKNOWN_COLLECTION'::text, 'NOT_COLLECTED_YET'::text, 'AMOUNT_DIFFERS'::text, 'TAKEN_BACK_BEFORE'::text, 'INCOMING'::text, 'OUTGOING'::text, 'ANNOUNCED'::text, 'FAILED'::text]))),
  CONSTRAINT bank_entries_unmatched_says_why CHECK (((state = 'UNMATCHED'::text) = (unmatched_reason IS NOT NULL)))
);
CREATE INDEX bank_entries_early ON public.bank_entries USING btree (tenant_id, id) WHERE (unmatched_reason = 'NOT_COLLECTED_YET'::text);
CREATE INDEX bank_entries_fingerprint ON public.bank_entries USING btree (tenant_id, fingerprint, import_id);
CREATE INDEX bank_entries_payment ON public.bank_entries USING btree (tenant_id, payment_id);
CREATE UNIQUE INDEX bank_entries_position_unique ON public.bank_entries USING btree (tenant_id, import_id, "position");
CREATE INDEX bank_entries_top_up ON public.bank_entries USING btree (tenant_id, top_up_entry_id) WHERE (top_up_entry_id IS NOT NULL);
CREATE INDEX bank_entries_unmatched ON public.bank_entries USING btree (tenant_id, id) WHERE (state = 'UNMATCHED'::text);
ALTER TABLE bank_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON bank_entries FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE bank_imports (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  file_name text NOT NULL,
  sha256 bytea NOT NULL,
  state text NOT NULL,
  read_to integer DEFAULT 0 NOT NULL,
  is_read boolean DEFAULT false NOT NULL,
  error text,
  completed_at timestamp with time zone,
  CONSTRAINT bank_imports_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT bank_imports_booked_when_read CHECK ((is_read OR (state <> ALL (ARRAY['BOOKING'::text, 'COMPLETED'::text])))),
  CONSTRAINT bank_imports_completed_at CHECK (((state = 'COMPLETED'::text) = (completed_at IS NOT NULL))),
  CONSTRAINT bank_imports_failed_says_why CHECK (((state = 'FAILED'::text) = (error IS NOT NULL))),
  CONSTRAINT bank_imports_state_known CHECK ((state = ANY (ARRAY['READING'::text, 'BOOKING'::text, 'COMPLETED'::text, 'STOPPED'::text, 'FAILED'::text])))
);
CREATE INDEX bank_imports_booking ON public.bank_imports USING btree (tenant_id, id) WHERE (state = 'BOOKING'::text);
CREATE UNIQUE INDEX bank_imports_file_once ON public.bank_imports USING btree (tenant_id, sha256);
ALTER TABLE bank_imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_imports FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON bank_imports FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE benefit_counters (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  rule_id bigint NOT NULL,
  contract_id bigint NOT NULL,
  period_start date NOT NULL,
  used integer NOT NULL,
  CONSTRAINT benefit_counters_pk PRIMARY KEY (tenant_id, customer_id, rule_id, contract_id, period_start),
  CONSTRAINT benefit_counters_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT benefit_counters_rule_id_fk FOREIGN KEY (tenant_id, rule_id) REFERENCES benefit_rules(tenant_id, id),
  CONSTRAINT benefit_counters_used_counted CHECK ((used >= 0))
);
ALTER TABLE benefit_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefit_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON benefit_counters FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE benefit_rules (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  benefit_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  source text NOT NULL,
  source_id bigint,
  contingent text NOT NULL,
  amount integer,
  period_unit text,
  anchor text,
  valid_from date,
  valid_to date,
  CONSTRAINT benefit_rules_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT benefit_rules_benefit_id_fk FOREIGN KEY (tenant_id, benefit_id) REFERENCES benefits(tenant_id, id),
  CONSTRAINT benefit_rules_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT benefit_rules_amount_positive CHECK (
CASE contingent
    WHEN 'UNLIMITED'::text THEN (amount IS NULL)
    ELSE (COALESCE(amount, 0) >= 1)
END),
  CONSTRAINT benefit_rules_anchor_known CHECK ((anchor = ANY (ARRAY['CALENDAR'::text, 'CONTRACT_START'::text]))),
  CONSTRAINT benefit_rules_contingent_known CHECK ((contingent = ANY (ARRAY['UNLIMITED'::text, 'PER_PERIOD'::text, 'TOTAL'::text]))),
  CONSTRAINT benefit_rules_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT benefit_rules_grant_anchored CHECK (((source <> 'CUSTOMER'::text) OR (anchor IS DISTINCT FROM 'CONTRACT_START'::text) OR (valid_from IS NOT NULL))),
  CONSTRAINT benefit_rules_period_unit_known CHECK ((period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT benefit_rules_period_whole CHECK ((num_nonnulls(period_unit, anchor) =
CASE contingent
    WHEN 'PER_PERIOD'::text THEN 2
    ELSE 0
END)),
  CONSTRAINT benefit_rules_source_known CHECK ((source = ANY (ARRAY['RATE'::text, 'MODULE'::text, 'ALL_MEMBERS'::text, 'CUSTOMER'::text]))),
  CONSTRAINT benefit_rules_source_named CHECK (((source = 'ALL_MEMBERS'::text) = (source_id IS NULL)))
);
CREATE INDEX benefit_rules_benefit ON public.benefit_rules USING btree (tenant_id, benefit_id, studio_id, source, source_id);
ALTER TABLE benefit_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefit_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON benefit_rules FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE benefit_studios (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  benefit_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  enabled boolean NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT benefit_studios_pk PRIMARY KEY (tenant_id, benefit_id, studio_id),
  CONSTRAINT benefit_studios_benefit_id_fk FOREIGN KEY (tenant_id, benefit_id) REFERENCES benefits(tenant_id, id),
  CONSTRAINT benefit_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
ALTER TABLE benefit_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefit_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON benefit_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE benefit_usages (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  benefit_id bigint NOT NULL,
  rule_id bigint NOT NULL,
  contract_id bigint NOT NULL,
  period_start date,
  used_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  source text NOT NULL,
  reversed_at timestamp with time zone,
  CONSTRAINT benefit_usages_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT benefit_usages_benefit_id_fk FOREIGN KEY (tenant_id, benefit_id) REFERENCES benefits(tenant_id, id),
  CONSTRAINT benefit_usages_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT benefit_usages_rule_id_fk FOREIGN KEY (tenant_id, rule_id) REFERENCES benefit_rules(tenant_id, id),
  CONSTRAINT benefit_usages_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT benefit_usages_source_known CHECK ((source = ANY (ARRAY['API'::text, 'WEIGHING'::text, 'DEVICE'::text, 'STAFF'::text])))
);
CREATE INDEX benefit_usages_customer ON public.benefit_usages USING btree (tenant_id, customer_id, benefit_id, used_at);
ALTER TABLE benefit_usages ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefit_usages FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON benefit_usages FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE benefits (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  integration_id bigint NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  cross_facility boolean DEFAULT false NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT benefits_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT benefits_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT benefits_key_named CHECK ((key <> ''::text))
);
CREATE UNIQUE INDEX benefits_key_unique ON public.benefits USING btree (tenant_id, integration_id, key);
ALTER TABLE benefits ENABLE ROW LEVEL SECURITY;
ALTER TABLE benefits FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON benefits FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE billing_run_items (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  run_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  state text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  error text,
  retry_at timestamp with time zone,
  CONSTRAINT billing_run_items_pk PRIMARY KEY (tenant_id, run_id, customer_id),
  CONSTRAINT billing_run_items_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT billing_run_items_run_id_fk FOREIGN KEY (tenant_id, run_id) REFERENCES billing_runs(tenant_id, id),
  CONSTRAINT billing_run_items_failed_says_why CHECK (((state = 'FAILED'::text) = (error IS NOT NULL))),
  CONSTRAINT billing_run_items_retry_of_failed CHECK (((retry_at IS NULL) OR (state = 'FAILED'::text))),
  CONSTRAINT billing_run_items_state_known CHECK ((state = ANY (ARRAY['PENDING'::text, 'DONE'::text, 'FAILED'::text])))
);
CREATE INDEX billing_run_items_customer ON public.billing_run_items USING btree (tenant_id, customer_id);
CREATE INDEX billing_run_items_pending ON public.billing_run_items USING btree (tenant_id, run_id, customer_id) WHERE (state = 'PENDING'::text);
CREATE INDEX billing_run_items_retried ON public.billing_run_items USING btree (tenant_id, retry_at) WHERE (state = 'FAILED'::text);
ALTER TABLE billing_run_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing_run_items FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON billing_run_items FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE billing_runs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  run_date date NOT NULL,
  state text NOT NULL,
  gathered_to bigint DEFAULT 0 NOT NULL,
  is_gathered boolean DEFAULT false NOT NULL,
  completed_at timestamp with time zone,
  CONSTRAINT billing_runs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT billing_runs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT billing_runs_completed CHECK (((state = 'COMPLETED'::text) = (completed_at IS NOT NULL))),
  CONSTRAINT billing_runs_state_known CHECK ((state = ANY (ARRAY['RUNNING'::text, 'STOPPED'::text, 'COMPLETED'::text])))
);
CREATE UNIQUE INDEX billing_runs_once_a_day ON public.billing_runs USING btree (tenant_id, studio_id, run_date);
CREATE INDEX billing_runs_open ON public.billing_runs USING btree (tenant_id, id) WHERE (state <> 'COMPLETED'::text);
ALTER TABLE billing_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON billing_runs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE bonus_periods (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  term_id bigint NOT NULL,
  bonus_value integer NOT NULL,
  bonus_unit text NOT NULL,
  strategy text NOT NULL,
  fixed_date date,
  runtime_extension_type text NOT NULL,
  display_separately boolean DEFAULT false NOT NULL,
  extends_cancelation_period boolean DEFAULT true NOT NULL,
  CONSTRAINT bonus_periods_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT bonus_periods_term_id_fk FOREIGN KEY (tenant_id, term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT bonus_periods_bonus_unit_known CHECK ((bonus_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT bonus_periods_bonus_whole CHECK (((num_nonnulls(bonus_value, bonus_unit) = ANY (ARRAY[0, 2])) AND (bonus_value >= 0))),
  CONSTRAINT bonus_periods_dated CHECK (((strategy = 'FIXED'::text) = (fixed_date IS NOT NULL))),
  CONSTRAINT bonus_periods_runtime_extension_type_known CHECK ((runtime_extension_type = ANY (ARRAY['WITH_EXTENSION'::text, 'WITHOUT_EXTENSION'::text]))),
  CONSTRAINT bonus_periods_strategy_known CHECK ((strategy = ANY (ARRAY['CONTRACT_START'::text, 'FIXED'::text, 'END_OF_CURRENT_TERM'::text, 'START_OF_NEXT_TERM'::text])))
);
CREATE INDEX bonus_periods_term ON public.bonus_periods USING btree (tenant_id, term_id);
ALTER TABLE bonus_periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE bonus_periods FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON bonus_periods FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER bonus_periods_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.bonus_periods FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE bookable_appointments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  service_id bigint NOT NULL,
  title text NOT NULL,
  category text,
  description text,
  image_id bigint,
  duration_min integer NOT NULL,
  prep_min integer DEFAULT 0 NOT NULL,
  follow_up_min integer DEFAULT 0 NOT NULL,
  grid_min integer DEFAULT 15 NOT NULL,
  grid_offset_min integer DEFAULT 0 NOT NULL,
  max_participants integer DEFAULT 1 NOT NULL,
  active boolean DEFAULT true NOT NULL,
  online_bookable boolean DEFAULT true NOT NULL,
  for_customers boolean DEFAULT true NOT NULL,
  valid_from date,
  valid_to date,
  customer_picks_instructor boolean DEFAULT false NOT NULL,
  allow_parallel boolean DEFAULT false NOT NULL,
  rule_id bigint NOT NULL,
  attendance_default text DEFAULT 'UNSET'::text NOT NULL,
  CONSTRAINT bookable_appointments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT bookable_appointments_image_id_fk FOREIGN KEY (tenant_id, image_id) REFERENCES files(tenant_id, id),
  CONSTRAINT bookable_appointments_rule_id_fk FOREIGN KEY (tenant_id, rule_id) REFERENCES booking_rules(tenant_id, id),
  CONSTRAINT bookable_appointments_service_id_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(tenant_id, id),
  CONSTRAINT bookable_appointments_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT bookable_appointments_attendance_default_known CHECK ((attendance_default = ANY (ARRAY['PARTICIPATING'::text, 'NOT_PARTICIPATING'::text, 'UNSET'::text]))),
  CONSTRAINT bookable_appointments_buffers_counted CHECK (((prep_min >= 0) AND (follow_up_min >= 0))),
  CONSTRAINT bookable_appointments_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT bookable_appointments_duration_positive CHECK ((duration_min > 0)),
  CONSTRAINT bookable_appointments_grid_divides_day CHECK (((grid_min > 0) AND ((1440 % grid_min) = 0))),
  CONSTRAINT bookable_appointments_grid_offset CHECK (((grid_offset_min >= 0) AND (grid_offset_min < grid_min))),
  CONSTRAINT bookable_appointments_participants_positive CHECK ((max_participants >= 1))
);
CREATE INDEX bookable_appointments_active ON public.bookable_appointments USING btree (tenant_id, studio_id, id) WHERE active;
ALTER TABLE bookable_appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookable_appointments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON bookable_appointments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE booking_rules (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  earliest_term_value integer,
  earliest_term_unit text,
  latest_term_value integer,
  latest_term_unit text,
  cancel_term_value integer,
  cancel_term_unit text,
  cancel_after_latest boolean DEFAULT false NOT NULL,
  max_open_per_customer integer,
  max_per_period integer,
  max_per_period_unit text,
  contingent_mode text DEFAULT 'NONE'::text NOT NULL,
  price numeric(19,4),
  currency character(3),
  requires_active_contract boolean DEFAULT true NOT NULL,
  allowed_rate_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
  allowed_module_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
  allowed_member_codes text[] DEFAULT '{}'::text[] NOT NULL,
  allow_foreign boolean NOT NULL,
  staff_confirmation boolean DEFAULT false NOT NULL,
  CONSTRAINT booking_rules_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT booking_rules_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT booking_rules_cancel_term_unit_known CHECK ((cancel_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT booking_rules_cancel_term_whole CHECK (((num_nonnulls(cancel_term_value, cancel_term_unit) = ANY (ARRAY[0, 2])) AND (cancel_term_value >= 0))),
  CONSTRAINT booking_rules_charge_has_price CHECK (((contingent_mode <> 'CHARGE'::text) OR (price IS NOT NULL))),
  CONSTRAINT booking_rules_contingent_mode_known CHECK ((contingent_mode = ANY (ARRAY['NONE'::text, 'REQUIRED'::text, 'CHARGE'::text]))),
  CONSTRAINT booking_rules_earliest_term_unit_known CHECK ((earliest_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT booking_rules_earliest_term_whole CHECK (((num_nonnulls(earliest_term_value, earliest_term_unit) = ANY (ARRAY[0, 2])) AND (earliest_term_value >= 0))),
  CONSTRAINT booking_rules_latest_term_unit_known CHECK ((latest_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT booking_rules_latest_term_whole CHECK (((num_nonnulls(latest_term_value, latest_term_unit) = ANY (ARRAY[0, 2])) AND (latest_term_value >= 0))),
  CONSTRAINT booking_rules_max_per_period_unit_known CHECK ((max_per_period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text]))),
  CONSTRAINT booking_rules_max_per_period_whole CHECK ((num_nonnulls(max_per_period, max_per_period_unit) = ANY (ARRAY[0, 2]))),
  CONSTRAINT booking_rules_price_has_currency CHECK ((num_nonnulls(price, currency) = ANY (ARRAY[0, 2])))
);
ALTER TABLE booking_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE booking_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON booking_rules FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE bookings (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  customer_id bigint,
  class_slot_id bigint,
  appointment_id bigint,
  during tstzrange NOT NULL,
  status text NOT NULL,
  participant_status text DEFAULT 'UNSET'::text NOT NULL,
  customer_exclusive boolean DEFAULT true NOT NULL,
  trial_offer_config_id bigint,
  confirm_kind text DEFAULT 'NONE'::text NOT NULL,
  confirm_deadline timestamp with time zone,
  confirmed_at timestamp with time zone,
  queue_no integer,
  tried_drain_no integer,
  late_cancel boolean DEFAULT false NOT NULL,
  cancel_reason text,
  canceled_at timestamp with time zone,
  channel text NOT NULL,
  charge_claim_id bigint,
  settled_at timestamp with time zone,
  starts_at timestamp with time zone GENERATED ALWAYS AS (lower(during)) STORED NOT NULL,
  ends_at timestamp with time zone GENERATED ALWAYS AS (upper(during)) STORED NOT NULL,
  held_by bigint,
  held_until timestamp with time zone,
  CONSTRAINT bookings_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT bookings_customer_exclusive EXCLUDE USING gist (int8range(tenant_id, tenant_id, '[]'::text) WITH &&, int8range(customer_id, customer_id, '[]'::text) WITH &&, during WITH &&) WHERE ((customer_exclusive AND (status = ANY (ARRAY['BOOKED'::text, 'BOOKED_WITH_CONFIRMATION_REQUIRED'::text])))),
  CONSTRAINT bookings_appointment_id_fk FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments(tenant_id, id),
  CONSTRAINT bookings_charge_claim_id_fk FOREIGN KEY (tenant_id, charge_claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT bookings_class_slot_id_fk FOREIGN KEY (tenant_id, class_slot_id) REFERENCES class_slots(tenant_id, id),
  CONSTRAINT bookings_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT bookings_held_by_fk FOREIGN KEY (tenant_id, held_by) REFERENCES integrations(tenant_id, id),
  CONSTRAINT bookings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT bookings_trial_offer_config_id_fk FOREIGN KEY (tenant_id, trial_offer_config_id) REFERENCES trial_offer_configs(tenant_id, id),
  CONSTRAINT bookings_canceled_at_known CHECK (((status = 'CANCELED'::text) = (canceled_at IS NOT NULL))),
  CONSTRAINT bookings_channel_known CHECK ((channel = ANY (ARRAY['API'::text, 'STAFF'::text, 'TRIAL_OFFER'::text]))),
  CONSTRAINT bookings_confirm_kind_known CHECK ((confirm_kind = ANY (ARRAY['NONE'::text, 'LEAD'::text, 'STAFF'::text, 'HOLD'::text]))),
  CONSTRAINT bookings_half_open CHECK ((lower_inc(during) AND (NOT upper_inc(during)))),
  CONSTRAINT bookings_held_until_known CHECK ((num_nonnulls(held_by, held_until) = ANY (ARRAY[0, 2]))),
  CONSTRAINT bookings_hold_of_nobody CHECK ((((confirm_kind = 'HOLD'::text) = (customer_id IS NULL)) AND ((customer_id IS NOT NULL) OR ((held_by IS NOT NULL) AND (NOT customer_exclusive) AND (status = ANY (ARRAY['BOOKED_WITH_CONFIRMATION_REQUIRED'::text, 'CANCELED'::text])))))),
  CONSTRAINT bookings_kind_known CHECK ((kind = ANY (ARRAY['CLASS'::text, 'APPOINTMENT'::text]))),
  CONSTRAINT bookings_kind_target CHECK ((((kind = 'CLASS'::text) = (class_slot_id IS NOT NULL)) AND ((kind = 'APPOINTMENT'::text) = (appointment_id IS NOT NULL)))),
  CONSTRAINT bookings_participant_status_known CHECK ((participant_status = ANY (ARRAY['PARTICIPATING'::text, 'NOT_PARTICIPATING'::text, 'UNSET'::text]))),
  CONSTRAINT bookings_pending_has_deadline CHECK (((status <> 'BOOKED_WITH_CONFIRMATION_REQUIRED'::text) OR ((confirm_kind <> 'NONE'::text) AND (confirm_deadline IS NOT NULL)))),
  CONSTRAINT bookings_status_known CHECK ((status = ANY (ARRAY['BOOKED'::text, 'BOOKED_WITH_CONFIRMATION_REQUIRED'::text, 'WAITING_LIST'::text, 'CANCELED'::text]))),
  CONSTRAINT bookings_waiting_in_queue CHECK (((status <> 'WAITING_LIST'::text) OR ((kind = 'CLASS'::text) AND (queue_no IS NOT NULL))))
);
CREATE INDEX bookings_appointment ON public.bookings USING btree (tenant_id, appointment_id) WHERE (appointment_id IS NOT NULL);
CREATE INDEX bookings_charge_claim_id_ref ON public.bookings USING btree (tenant_id, charge_claim_id) WHERE (charge_claim_id IS NOT NULL);
CREATE INDEX bookings_confirmation ON public.bookings USING btree (tenant_id, confirm_deadline) WHERE (status = 'BOOKED_WITH_CONFIRMATION_REQUIRED'::text);
CREATE INDEX bookings_customer ON public.bookings USING btree (tenant_id, customer_id, starts_at);
CREATE UNIQUE INDEX bookings_one_per_appointment ON public.bookings USING btree (tenant_id, appointment_id, customer_id) WHERE ((status <> 'CANCELED'::text) AND (appointment_id IS NOT NULL));
CREATE UNIQUE INDEX bookings_one_per_slot ON public.bookings USING btree (tenant_id, class_slot_id, customer_id) WHERE ((status <> 'CANCELED'::text) AND (class_slot_id IS NOT NULL));
CREATE INDEX bookings_slot ON public.bookings USING btree (tenant_id, class_slot_id, status, queue_no);
CREATE INDEX bookings_unsettled ON public.bookings USING btree (tenant_id, ends_at) WHERE ((settled_at IS NULL) AND (status <> 'CANCELED'::text));
CREATE INDEX bookings_waiting ON public.bookings USING btree (tenant_id, starts_at) WHERE (status = 'WAITING_LIST'::text);
ALTER TABLE bookings ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON bookings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE calendar_feeds (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  activation_id bigint NOT NULL,
  token_hash bytea NOT NULL,
  class_id bigint,
  employee_id bigint,
  booking_id bigint,
  CONSTRAINT calendar_feeds_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT calendar_feeds_activation_id_fk FOREIGN KEY (tenant_id, activation_id) REFERENCES activations(tenant_id, id),
  CONSTRAINT calendar_feeds_booking_id_fk FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings(tenant_id, id),
  CONSTRAINT calendar_feeds_class_id_fk FOREIGN KEY (tenant_id, class_id) REFERENCES classes(tenant_id, id),
  CONSTRAINT calendar_feeds_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id),
  CONSTRAINT calendar_feeds_of_one_thing CHECK ((num_nonnulls(class_id, employee_id, booking_id) = 1))
);
CREATE INDEX calendar_feeds_activation ON public.calendar_feeds USING btree (tenant_id, activation_id, id);
CREATE INDEX calendar_feeds_booking ON public.calendar_feeds USING btree (tenant_id, booking_id) WHERE (booking_id IS NOT NULL);
CREATE UNIQUE INDEX calendar_feeds_token_hash_unique ON public.calendar_feeds USING btree (token_hash);
ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON calendar_feeds FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON calendar_feeds FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE campaigns (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  external_id text,
  CONSTRAINT campaigns_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT campaigns_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX campaigns_external_id_unique ON public.campaigns USING btree (tenant_id, studio_id, external_id);
ALTER TABLE campaigns ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaigns FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON campaigns FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE cancelation_reasons (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  visible_online boolean DEFAULT true NOT NULL,
  system_kind text,
  "position" integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT cancelation_reasons_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT cancelation_reasons_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT cancelation_reasons_system_hidden CHECK (((system_kind IS NULL) OR (NOT visible_online))),
  CONSTRAINT cancelation_reasons_system_kind_known CHECK ((system_kind = ANY (ARRAY['SWITCH'::text, 'DUNNING'::text])))
);
CREATE INDEX cancelation_reasons_studio ON public.cancelation_reasons USING btree (tenant_id, studio_id, "position");
CREATE UNIQUE INDEX cancelation_reasons_system_once ON public.cancelation_reasons USING btree (tenant_id, studio_id, system_kind) WHERE (system_kind IS NOT NULL);
ALTER TABLE cancelation_reasons ENABLE ROW LEVEL SECURITY;
ALTER TABLE cancelation_reasons FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON cancelation_reasons FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE case_adjustment_requests (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  case_id bigint NOT NULL,
  kind text NOT NULL,
  before jsonb,
  after jsonb,
  state text NOT NULL,
  acknowledged_at timestamp with time zone,
  CONSTRAINT case_adjustment_requests_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT case_adjustment_requests_case_id_fk FOREIGN KEY (tenant_id, case_id) REFERENCES collection_cases(tenant_id, id),
  CONSTRAINT case_adjustment_requests_acknowledged CHECK (((state = 'OPEN'::text) = (acknowledged_at IS NULL))),
  CONSTRAINT case_adjustment_requests_kind_known CHECK ((kind = ANY (ARRAY['CLOSED'::text, 'REOPENED'::text]))),
  CONSTRAINT case_adjustment_requests_state_known CHECK ((state = ANY (ARRAY['OPEN'::text, 'ACKNOWLEDGED'::text])))
);
CREATE INDEX case_adjustment_requests_case ON public.case_adjustment_requests USING btree (tenant_id, case_id);
CREATE INDEX case_adjustment_requests_open ON public.case_adjustment_requests USING btree (tenant_id, id) WHERE (state = 'OPEN'::text);
ALTER TABLE case_adjustment_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_adjustment_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON case_adjustment_requests FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE catalogue_versions (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  version uuid NOT NULL,
  CONSTRAINT catalogue_versions_pk PRIMARY KEY (tenant_id)
);
ALTER TABLE catalogue_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON catalogue_versions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE check_ins (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  checked_in_at timestamp with time zone NOT NULL,
  checked_out_at timestamp with time zone,
  in_source text NOT NULL,
  out_source text,
  device_id bigint,
  access_medium_id bigint,
  pass_id bigint,
  contract_id bigint,
  CONSTRAINT check_ins_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT check_ins_access_medium_id_fk FOREIGN KEY (tenant_id, access_medium_id) REFERENCES access_mediums(tenant_id, id),
  CONSTRAINT check_ins_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT check_ins_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT check_ins_device_id_fk FOREIGN KEY (tenant_id, device_id) REFERENCES devices(tenant_id, id),
  CONSTRAINT check_ins_pass_id_fk FOREIGN KEY (tenant_id, pass_id) REFERENCES online_offer_purchases(tenant_id, id),
  CONSTRAINT check_ins_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT check_ins_end_has_source CHECK (((checked_out_at IS NULL) = (out_source IS NULL))),
  CONSTRAINT check_ins_in_source_known CHECK ((in_source = ANY (ARRAY['DEVICE'::text, 'STAFF'::text, 'CLASS'::text, 'API'::text]))),
  CONSTRAINT check_ins_order CHECK ((checked_in_at <= checked_out_at)),
  CONSTRAINT check_ins_out_source_known CHECK ((out_source = ANY (ARRAY['DEVICE'::text, 'STAFF'::text, 'API'::text, 'AUTOMATIC'::text, 'SUPERSEDED'::text])))
);
CREATE INDEX check_ins_access_medium_id_ref ON public.check_ins USING btree (tenant_id, access_medium_id) WHERE (access_medium_id IS NOT NULL);
CREATE INDEX check_ins_contract_id_ref ON public.check_ins USING btree (tenant_id, contract_id) WHERE (contract_id IS NOT NULL);
CREATE INDEX check_ins_customer ON public.check_ins USING btree (tenant_id, customer_id, checked_in_at, id);
CREATE UNIQUE INDEX check_ins_one_open_visit ON public.check_ins USING btree (tenant_id, customer_id) WHERE (checked_out_at IS NULL);
CREATE INDEX check_ins_open ON public.check_ins USING btree (tenant_id, studio_id, checked_in_at) WHERE (checked_out_at IS NULL);
CREATE INDEX check_ins_pass_id_ref ON public.check_ins USING btree (tenant_id, pass_id) WHERE (pass_id IS NOT NULL);
CREATE INDEX check_ins_studio ON public.check_ins USING btree (tenant_id, studio_id, checked_in_at);
ALTER TABLE check_ins ENABLE ROW LEVEL SECURITY;
ALTER TABLE check_ins FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON check_ins FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE checkin_voucher_campaigns (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  studio_ids bigint[] NOT NULL,
  offer_ids bigint[] NOT NULL,
  default_offer_id bigint NOT NULL,
  max_per_person integer DEFAULT 1 NOT NULL,
  members_allowed boolean DEFAULT false NOT NULL,
  pass_validity_value integer,
  pass_validity_unit text,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT checkin_voucher_campaigns_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT checkin_voucher_campaigns_default_offer_id_fk FOREIGN KEY (tenant_id, default_offer_id) REFERENCES online_offers(tenant_id, id),
  CONSTRAINT checkin_voucher_campaigns_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT checkin_voucher_campaigns_default_offered CHECK ((default_offer_id = ANY (offer_ids))),
  CONSTRAINT checkin_voucher_campaigns_pass_validity_unit_known CHECK ((pass_validity_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT checkin_voucher_campaigns_pass_validity_whole CHECK (((num_nonnulls(pass_validity_value, pass_validity_unit) = ANY (ARRAY[0, 2])) AND (pass_validity_value >= 0))),
  CONSTRAINT checkin_voucher_campaigns_person_counted CHECK ((max_per_person >= 1)),
  CONSTRAINT checkin_voucher_campaigns_prefix_form CHECK ((prefix ~ '^[A-Z0-9]{5}$'::text))
);
CREATE UNIQUE INDEX checkin_voucher_campaigns_prefix_unique ON public.checkin_voucher_campaigns USING btree (tenant_id, prefix);
ALTER TABLE checkin_voucher_campaigns ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin_voucher_campaigns FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON checkin_voucher_campaigns FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE checkin_voucher_redemptions (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  voucher_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  person_hash bytea NOT NULL,
  pass_id bigint NOT NULL,
  access_medium_id bigint NOT NULL,
  CONSTRAINT checkin_voucher_redemptions_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT checkin_voucher_redemptions_access_medium_id_fk FOREIGN KEY (tenant_id, access_medium_id) REFERENCES access_mediums(tenant_id, id),
  CONSTRAINT checkin_voucher_redemptions_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT checkin_voucher_redemptions_pass_id_fk FOREIGN KEY (tenant_id, pass_id) REFERENCES online_offer_purchases(tenant_id, id),
  CONSTRAINT checkin_voucher_redemptions_voucher_id_fk FOREIGN KEY (tenant_id, voucher_id) REFERENCES checkin_vouchers(tenant_id, id)
);
CREATE INDEX checkin_voucher_redemptions_access_medium_id_ref ON public.checkin_voucher_redemptions USING btree (tenant_id, access_medium_id);
CREATE INDEX checkin_voucher_redemptions_customer ON public.checkin_voucher_redemptions USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX checkin_voucher_redemptions_once ON public.checkin_voucher_redemptions USING btree (tenant_id, voucher_id, person_hash);
CREATE UNIQUE INDEX checkin_voucher_redemptions_pass ON public.checkin_voucher_redemptions USING btree (tenant_id, pass_id);
CREATE INDEX checkin_voucher_redemptions_person ON public.checkin_voucher_redemptions USING btree (tenant_id, person_hash);
ALTER TABLE checkin_voucher_redemptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin_voucher_redemptions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON checkin_voucher_redemptions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE checkin_vouchers (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  campaign_id bigint NOT NULL,
  code_hash bytea NOT NULL,
  code_enc bytea NOT NULL,
  max_redemptions integer DEFAULT 1 NOT NULL,
  redeemed integer DEFAULT 0 NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT checkin_vouchers_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT checkin_vouchers_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES checkin_voucher_campaigns(tenant_id, id),
  CONSTRAINT checkin_vouchers_never_overdrawn CHECK (((redeemed >= 0) AND (redeemed <= max_redemptions)))
);
CREATE INDEX checkin_vouchers_campaign ON public.checkin_vouchers USING btree (tenant_id, campaign_id, id);
CREATE UNIQUE INDEX checkin_vouchers_code_unique ON public.checkin_vouchers USING btree (tenant_id, code_hash);
ALTER TABLE checkin_vouchers ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin_vouchers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON checkin_vouchers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE class_series (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  class_id bigint NOT NULL,
  weekdays text[] NOT NULL,
  local_time time without time zone NOT NULL,
  duration_min integer NOT NULL,
  every_n_weeks integer DEFAULT 1 NOT NULL,
  from_date date NOT NULL,
  to_date date,
  location_id bigint,
  instructors bigint[] DEFAULT '{}'::bigint[] NOT NULL,
  max_participants integer,
  max_waiting integer,
  planned_version integer DEFAULT '-1'::integer NOT NULL,
  CONSTRAINT class_series_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT class_series_class_id_fk FOREIGN KEY (tenant_id, class_id) REFERENCES classes(tenant_id, id),
  CONSTRAINT class_series_location_id_fk FOREIGN KEY (tenant_id, location_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT class_series_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT class_series_dates_ordered CHECK ((from_date <= to_date)),
  CONSTRAINT class_series_duration_positive CHECK ((duration_min > 0)),
  CONSTRAINT class_series_weeks_positive CHECK ((every_n_weeks >= 1))
);
CREATE INDEX class_series_class ON public.class_series USING btree (tenant_id, class_id);
ALTER TABLE class_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE class_series FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON class_series FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE class_slot_instructors (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  slot_id bigint NOT NULL,
  employee_id bigint NOT NULL,
  stand_in_for bigint,
  CONSTRAINT class_slot_instructors_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT class_slot_instructors_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id),
  CONSTRAINT class_slot_instructors_slot_id_fk FOREIGN KEY (tenant_id, slot_id) REFERENCES class_slots(tenant_id, id),
  CONSTRAINT class_slot_instructors_stand_in_for_fk FOREIGN KEY (tenant_id, stand_in_for) REFERENCES employees(tenant_id, id),
  CONSTRAINT class_slot_instructors_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX class_slot_instructors_once ON public.class_slot_instructors USING btree (tenant_id, slot_id, employee_id);
ALTER TABLE class_slot_instructors ENABLE ROW LEVEL SECURITY;
ALTER TABLE class_slot_instructors FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON class_slot_instructors FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE class_slots (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  class_id bigint NOT NULL,
  series_id bigint,
  occurrence_date date NOT NULL,
  start timestamp with time zone NOT NULL,
  "end" timestamp with time zone NOT NULL,
  status text NOT NULL,
  location_id bigint,
  max_participants integer,
  max_waiting integer,
  additional_participants integer DEFAULT 0 NOT NULL,
  booked_count integer DEFAULT 0 NOT NULL,
  waiting_count integer DEFAULT 0 NOT NULL,
  next_queue_no integer DEFAULT 1 NOT NULL,
  promotion_pending boolean DEFAULT false NOT NULL,
  drain_no integer DEFAULT 0 NOT NULL,
  detached boolean DEFAULT false NOT NULL,
  earliest_term_value integer,
  earliest_term_unit text,
  latest_term_value integer,
  latest_term_unit text,
  CONSTRAINT class_slots_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT class_slots_class_id_fk FOREIGN KEY (tenant_id, class_id) REFERENCES classes(tenant_id, id),
  CONSTRAINT class_slots_location_id_fk FOREIGN KEY (tenant_id, location_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT class_slots_series_id_fk FOREIGN KEY (tenant_id, series_id) REFERENCES class_series(tenant_id, id),
  CONSTRAINT class_slots_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT class_slots_additional_counted CHECK ((additional_participants >= 0)),
  CONSTRAINT class_slots_booked_counted CHECK ((booked_count >= 0)),
  CONSTRAINT class_slots_earliest_term_unit_known CHECK ((earliest_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT class_slots_earliest_term_whole CHECK (((num_nonnulls(earliest_term_value, earliest_term_unit) = ANY (ARRAY[0, 2])) AND (earliest_term_value >= 0))),
  CONSTRAINT class_slots_latest_term_unit_known CHECK ((latest_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT class_slots_latest_term_whole CHECK (((num_nonnulls(latest_term_value, latest_term_unit) = ANY (ARRAY[0, 2])) AND (latest_term_value >= 0))),
  CONSTRAINT class_slots_order CHECK ((start < "end")),
  CONSTRAINT class_slots_status_known CHECK ((status = ANY (ARRAY['PLANNED'::text, 'CANCELED'::text]))),
  CONSTRAINT class_slots_waiting_counted CHECK ((waiting_count >= 0))
) WITH (fillfactor=80);
CREATE INDEX class_slots_class ON public.class_slots USING btree (tenant_id, class_id, start, id);
CREATE UNIQUE INDEX class_slots_occurrence_unique ON public.class_slots USING btree (tenant_id, series_id, occurrence_date, start);
CREATE INDEX class_slots_promotion ON public.class_slots USING btree (tenant_id, id) WHERE promotion_pending;
CREATE INDEX class_slots_queue ON public.class_slots USING btree (tenant_id, start) WHERE (waiting_count > 0);
CREATE INDEX class_slots_studio ON public.class_slots USING btree (tenant_id, studio_id, start, id);
ALTER TABLE class_slots ENABLE ROW LEVEL SECURITY;
ALTER TABLE class_slots FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON class_slots FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE classes (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  service_id bigint NOT NULL,
  title text NOT NULL,
  type text NOT NULL,
  category text,
  description text,
  image_id bigint,
  duration_min integer NOT NULL,
  bookable boolean DEFAULT true NOT NULL,
  online_visible boolean DEFAULT true NOT NULL,
  active boolean DEFAULT true NOT NULL,
  rule_id bigint NOT NULL,
  default_max integer,
  default_max_waiting integer,
  promotion_cutoff_term_value integer,
  promotion_cutoff_term_unit text,
  attendance_default text DEFAULT 'UNSET'::text NOT NULL,
  CONSTRAINT classes_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT classes_image_id_fk FOREIGN KEY (tenant_id, image_id) REFERENCES files(tenant_id, id),
  CONSTRAINT classes_rule_id_fk FOREIGN KEY (tenant_id, rule_id) REFERENCES booking_rules(tenant_id, id),
  CONSTRAINT classes_service_id_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(tenant_id, id),
  CONSTRAINT classes_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT classes_attendance_default_known CHECK ((attendance_default = ANY (ARRAY['PARTICIPATING'::text, 'NOT_PARTICIPATING'::text, 'UNSET'::text]))),
  CONSTRAINT classes_duration_positive CHECK ((duration_min > 0)),
  CONSTRAINT classes_promotion_cutoff_term_unit_known CHECK ((promotion_cutoff_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT classes_promotion_cutoff_term_whole CHECK (((num_nonnulls(promotion_cutoff_term_value, promotion_cutoff_term_unit) = ANY (ARRAY[0, 2])) AND (promotion_cutoff_term_value >= 0))),
  CONSTRAINT classes_type_known CHECK ((type = ANY (ARRAY['STUDIO'::text, 'STREAM'::text])))
);
CREATE INDEX classes_studio ON public.classes USING btree (tenant_id, studio_id, id);
ALTER TABLE classes ENABLE ROW LEVEL SECURITY;
ALTER TABLE classes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON classes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE clock_state (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  mode text NOT NULL,
  offset_ms bigint DEFAULT 0 NOT NULL,
  frozen_at timestamp with time zone,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT clock_state_pk PRIMARY KEY (tenant_id),
  CONSTRAINT clock_state_frozen_has_instant CHECK (((mode = 'FROZEN'::text) = (frozen_at IS NOT NULL))),
  CONSTRAINT clock_state_mode_known CHECK ((mode = ANY (ARRAY['SYSTEM'::text, 'OFFSET'::text, 'FROZEN'::text])))
);
ALTER TABLE clock_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock_state FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON clock_state FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON clock_state FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE collection_bans (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  restriction_id bigint NOT NULL,
  CONSTRAINT collection_bans_pk PRIMARY KEY (tenant_id, customer_id),
  CONSTRAINT collection_bans_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
ALTER TABLE collection_bans ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_bans FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON collection_bans FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE collection_blocks (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  claim_id bigint,
  source text NOT NULL,
  integration_id bigint,
  limit_type text NOT NULL,
  end_date date,
  reason text,
  case_id bigint,
  CONSTRAINT collection_blocks_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT collection_blocks_case_id_fk FOREIGN KEY (tenant_id, case_id) REFERENCES collection_cases(tenant_id, id),
  CONSTRAINT collection_blocks_claim_id_fk FOREIGN KEY (tenant_id, claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT collection_blocks_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT collection_blocks_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT collection_blocks_agency_named CHECK (((source <> 'AGENCY'::text) OR (integration_id IS NOT NULL))),
  CONSTRAINT collection_blocks_end_of_limited CHECK (((limit_type = 'LIMITED'::text) = (end_date IS NOT NULL))),
  CONSTRAINT collection_blocks_limit_type_known CHECK ((limit_type = ANY (ARRAY['LIMITED'::text, 'UNLIMITED'::text]))),
  CONSTRAINT collection_blocks_source_known CHECK ((source = ANY (ARRAY['AGENCY'::text, 'STAFF'::text, 'SYSTEM'::text])))
);
CREATE INDEX collection_blocks_case ON public.collection_blocks USING btree (tenant_id, case_id);
CREATE INDEX collection_blocks_claim ON public.collection_blocks USING btree (tenant_id, claim_id);
CREATE UNIQUE INDEX collection_blocks_one ON public.collection_blocks USING btree (tenant_id, customer_id, COALESCE(claim_id, (0)::bigint), source, COALESCE(integration_id, (0)::bigint), COALESCE(case_id, (0)::bigint));
ALTER TABLE collection_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_blocks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON collection_blocks FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE collection_cases (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  uuid uuid DEFAULT gen_random_uuid() NOT NULL,
  run_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  debtor_id text NOT NULL,
  snapshot jsonb,
  iban_enc bytea,
  identification_enc bytea,
  liable_iban_enc bytea,
  liable_identification_enc bytea,
  agency_case_id bigint,
  is_open boolean DEFAULT false NOT NULL,
  closure_type text,
  closure_reason text,
  closure_text text,
  closed_on date,
  closed_by text,
  closed_at timestamp with time zone,
  open_at_closure numeric(19,4),
  closure_effects jsonb,
  CONSTRAINT collection_cases_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT collection_cases_agency_case_id_fk FOREIGN KEY (tenant_id, agency_case_id) REFERENCES agency_cases(tenant_id, id),
  CONSTRAINT collection_cases_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT collection_cases_run_id_fk FOREIGN KEY (tenant_id, run_id) REFERENCES debt_collection_runs(tenant_id, id),
  CONSTRAINT collection_cases_closed_by_known CHECK ((closed_by = ANY (ARRAY['AGENCY'::text, 'STAFF'::text]))),
  CONSTRAINT collection_cases_closure_reason_known CHECK ((closure_reason = ANY (ARRAY['CLAIMS_ALREADY_IN_COURT'::text, 'MISSING_COMPENSATION_BLOCKING_DUNNING_PROCESS'::text, 'NO_INFORMATION_ABOUT_LEGAL_REPRESENTATIVE'::text, 'NO_COLLECTION_ABROAD_POSSIBLE'::text, 'COLLECTING_FROM_INHERIT_NOT_POSSIBLE'::text, 'CLAIMS_TIME_BARRED_OR_RESIDUAL_DEBT_DISCHARGE_GRANTED'::text, 'REMAINING_CLAIM_BELOW_LIMIT'::text, 'NOTIFICATION_OBLIGATIONS_NOT_POSSIBLE'::text, 'FRAUD'::text, 'CONFLICT_OF_INTEREST'::text, 'WITHDRAWN_BY_STUDIO'::text, 'NO_PROCESSING_AT_ALL'::text, 'HARD_NEGATIVES_IN_DEBTOR_REGISTER'::text, 'POSTAL_DELIVERY_NOT_POSSIBLE'::text, 'CLAIM_INCREASE_IMPORTED_SYSTEM'::text]))),
  CONSTRAINT collection_cases_closure_type_known CHECK ((closure_type = ANY (ARRAY['POSITIVE'::text, 'NEGATIVE'::text, 'REVERSAL'::text, 'REJECTION'::text]))),
  CONSTRAINT collection_cases_closure_whole CHECK ((num_nonnulls(closure_type, closed_on, closed_by, closed_at, open_at_closure) = ANY (ARRAY[0, 5]))),
  CONSTRAINT collection_cases_open_or_closed CHECK ((NOT (is_open AND (closure_type IS NOT NULL)))),
  CONSTRAINT collection_cases_reason_of_rejection CHECK (((closure_reason IS NOT NULL) = (NOT (closure_type IS DISTINCT FROM 'REJECTION'::text))))
);
CREATE INDEX collection_cases_agency_case ON public.collection_cases USING btree (tenant_id, agency_case_id);
CREATE INDEX collection_cases_customer ON public.collection_cases USING btree (tenant_id, customer_id);
CREATE INDEX collection_cases_debtor ON public.collection_cases USING btree (tenant_id, debtor_id);
CREATE UNIQUE INDEX collection_cases_one_of_run ON public.collection_cases USING btree (tenant_id, run_id, customer_id);
CREATE UNIQUE INDEX collection_cases_uuid_unique ON public.collection_cases USING btree (tenant_id, uuid);
ALTER TABLE collection_cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON collection_cases FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE collection_debts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  case_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  claim_id bigint NOT NULL,
  currency character(3) NOT NULL,
  original numeric(19,4) NOT NULL,
  canceled numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  paid numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  is_bought boolean DEFAULT false NOT NULL,
  assigned numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  written_off numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  is_open boolean DEFAULT false NOT NULL,
  CONSTRAINT collection_debts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT collection_debts_case_id_fk FOREIGN KEY (tenant_id, case_id) REFERENCES collection_cases(tenant_id, id),
  CONSTRAINT collection_debts_claim_id_fk FOREIGN KEY (tenant_id, claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT collection_debts_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT collection_debts_not_negative CHECK (((original > (0)::numeric) AND (canceled >= (0)::numeric) AND (paid >= (0)::numeric) AND (assigned >= (0)::numeric) AND (written_off >= (0)::numeric))),
  CONSTRAINT collection_debts_within_original CHECK (((canceled + LEAST(paid, original)) <= original))
);
CREATE INDEX collection_debts_claim ON public.collection_debts USING btree (tenant_id, claim_id);
CREATE INDEX collection_debts_customer ON public.collection_debts USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX collection_debts_one_of_case ON public.collection_debts USING btree (tenant_id, case_id, claim_id);
CREATE UNIQUE INDEX collection_debts_one_open ON public.collection_debts USING btree (tenant_id, claim_id) WHERE is_open;
ALTER TABLE collection_debts ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_debts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON collection_debts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE collection_payments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  debt_id bigint NOT NULL,
  payment_id bigint,
  amount numeric(19,4) NOT NULL,
  corrected numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  CONSTRAINT collection_payments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT collection_payments_debt_id_fk FOREIGN KEY (tenant_id, debt_id) REFERENCES collection_debts(tenant_id, id),
  CONSTRAINT collection_payments_payment_id_fk FOREIGN KEY (tenant_id, payment_id) REFERENCES credit_items(tenant_id, id),
  CONSTRAINT collection_payments_within_amount CHECK (((amount > (0)::numeric) AND ((corrected >= (0)::numeric) AND (corrected <= amount))))
);
CREATE INDEX collection_payments_debt ON public.collection_payments USING btree (tenant_id, debt_id, id);
CREATE INDEX collection_payments_payment ON public.collection_payments USING btree (tenant_id, payment_id);
ALTER TABLE collection_payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE collection_payments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON collection_payments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE comm_configs (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  available boolean NOT NULL,
  default_active boolean NOT NULL,
  customer_overridable boolean NOT NULL,
  CONSTRAINT comm_configs_pk PRIMARY KEY (tenant_id, studio_id, category, channel),
  CONSTRAINT comm_configs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT comm_configs_category_known CHECK ((category = ANY (ARRAY['CONTRACT'::text, 'GENERAL'::text, 'APPOINTMENT'::text, 'NEWSLETTER'::text, 'LOYALTY_PROGRAM'::text]))),
  CONSTRAINT comm_configs_channel_known CHECK ((channel = ANY (ARRAY['LETTER'::text, 'EMAIL'::text, 'TEXT_MESSAGE'::text, 'PHONE'::text, 'FAX'::text, 'CONVERSATION'::text, 'CHAT'::text, 'OTHER'::text])))
);
ALTER TABLE comm_configs ENABLE ROW LEVEL SECURITY;
ALTER TABLE comm_configs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON comm_configs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE communication_threads (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  status text NOT NULL,
  subject text NOT NULL,
  ticket_number text,
  ticket_link text,
  agent text,
  integration_id bigint,
  CONSTRAINT communication_threads_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT communication_threads_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT communication_threads_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT communication_threads_status_known CHECK ((status = ANY (ARRAY['CREATED'::text, 'ONGOING'::text, 'CLOSED'::text])))
);
CREATE INDEX communication_threads_customer ON public.communication_threads USING btree (tenant_id, customer_id, id);
CREATE INDEX communication_threads_ticket ON public.communication_threads USING btree (tenant_id, ticket_number);
ALTER TABLE communication_threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication_threads FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON communication_threads FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE communications (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  thread_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  direction text NOT NULL,
  channel text NOT NULL,
  subject text NOT NULL,
  content text NOT NULL,
  agent text,
  occurred_at timestamp with time zone NOT NULL,
  CONSTRAINT communications_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT communications_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT communications_thread_id_fk FOREIGN KEY (tenant_id, thread_id) REFERENCES communication_threads(tenant_id, id),
  CONSTRAINT communications_channel_known CHECK ((channel = ANY (ARRAY['LETTER'::text, 'EMAIL'::text, 'TEXT_MESSAGE'::text, 'PHONE'::text, 'FAX'::text, 'CONVERSATION'::text, 'CHAT'::text, 'OTHER'::text]))),
  CONSTRAINT communications_direction_known CHECK ((direction = ANY (ARRAY['INCOMING'::text, 'OUTGOING'::text])))
);
CREATE INDEX communications_customer ON public.communications USING btree (tenant_id, customer_id, occurred_at DESC NULLS LAST);
CREATE INDEX communications_thread ON public.communications USING btree (tenant_id, thread_id, id);
ALTER TABLE communications ENABLE ROW LEVEL SECURITY;
ALTER TABLE communications FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON communications FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE companies (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  street text,
  zip_code text,
  city text,
  country_code text,
  CONSTRAINT companies_pk PRIMARY KEY (tenant_id, id)
);
ALTER TABLE companies ENABLE ROW LEVEL SECURITY;
ALTER TABLE companies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON companies FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE competences (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  name text NOT NULL,
  CONSTRAINT competences_pk PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX competences_name_unique ON public.competences USING btree (tenant_id, name);
ALTER TABLE competences ENABLE ROW LEVEL SECURITY;
ALTER TABLE competences FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON competences FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE consent_log (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  customer_id bigint NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  old_active boolean NOT NULL,
  new_active boolean NOT NULL,
  actor text NOT NULL,
  integration_id bigint,
  at timestamp with time zone NOT NULL,
  CONSTRAINT consent_log_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT consent_log_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT consent_log_category_known CHECK ((category = ANY (ARRAY['CONTRACT'::text, 'GENERAL'::text, 'APPOINTMENT'::text, 'NEWSLETTER'::text, 'LOYALTY_PROGRAM'::text]))),
  CONSTRAINT consent_log_channel_known CHECK ((channel = ANY (ARRAY['LETTER'::text, 'EMAIL'::text, 'TEXT_MESSAGE'::text, 'PHONE'::text, 'FAX'::text, 'CONVERSATION'::text, 'CHAT'::text, 'OTHER'::text])))
);
CREATE INDEX consent_log_customer ON public.consent_log USING btree (tenant_id, customer_id, at);
ALTER TABLE consent_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON consent_log FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER consent_log_append_only BEFORE UPDATE ON public.consent_log FOR EACH ROW EXECUTE FUNCTION palestra_refuse_change();

CREATE TABLE contract_cancelations (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  contract_id bigint,
  sub_contract_id bigint,
  kind text NOT NULL,
  origin text NOT NULL,
  receipt_date date NOT NULL,
  to_date date NOT NULL,
  reason_id bigint,
  state text NOT NULL,
  reason text,
  residual_until date,
  CONSTRAINT contract_cancelations_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contract_cancelations_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_cancelations_reason_id_fk FOREIGN KEY (tenant_id, reason_id) REFERENCES cancelation_reasons(tenant_id, id),
  CONSTRAINT contract_cancelations_sub_contract_id_fk FOREIGN KEY (tenant_id, sub_contract_id) REFERENCES sub_contracts(tenant_id, id),
  CONSTRAINT contract_cancelations_kind_known CHECK ((kind = ANY (ARRAY['ORDINARY'::text, 'EXTRAORDINARY'::text, 'SWITCH'::text, 'DUNNING'::text]))),
  CONSTRAINT contract_cancelations_one_target CHECK ((num_nonnulls(contract_id, sub_contract_id) = 1)),
  CONSTRAINT contract_cancelations_origin_known CHECK ((origin = ANY (ARRAY['CUSTOMER'::text, 'STUDIO'::text]))),
  CONSTRAINT contract_cancelations_residual_of_default CHECK (((residual_until IS NULL) OR ((kind = 'DUNNING'::text) AND (residual_until >= to_date)))),
  CONSTRAINT contract_cancelations_state_known CHECK ((state = ANY (ARRAY['PENDING'::text, 'EFFECTIVE'::text, 'WITHDRAWAL_PENDING'::text, 'WITHDRAWN'::text, 'REJECTED'::text])))
);
CREATE INDEX contract_cancelations_contract_id_ref ON public.contract_cancelations USING btree (tenant_id, contract_id) WHERE (contract_id IS NOT NULL);
CREATE UNIQUE INDEX contract_cancelations_one_live ON public.contract_cancelations USING btree (tenant_id, contract_id) WHERE (state = ANY (ARRAY['PENDING'::text, 'EFFECTIVE'::text, 'WITHDRAWAL_PENDING'::text]));
CREATE UNIQUE INDEX contract_cancelations_one_live_of_module ON public.contract_cancelations USING btree (tenant_id, sub_contract_id) WHERE (state = ANY (ARRAY['PENDING'::text, 'EFFECTIVE'::text, 'WITHDRAWAL_PENDING'::text]));
CREATE INDEX contract_cancelations_sub_contract_id_ref ON public.contract_cancelations USING btree (tenant_id, sub_contract_id) WHERE (sub_contract_id IS NOT NULL);
ALTER TABLE contract_cancelations ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_cancelations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contract_cancelations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER contract_cancelations_keep_owner BEFORE UPDATE ON public.contract_cancelations FOR EACH ROW WHEN (((old.contract_id IS DISTINCT FROM new.contract_id) OR (old.sub_contract_id IS DISTINCT FROM new.sub_contract_id))) EXECUTE FUNCTION palestra_keep_owner();
CREATE TRIGGER contract_cancelations_view_delete AFTER DELETE ON public.contract_cancelations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
CREATE TRIGGER contract_cancelations_view_insert AFTER INSERT ON public.contract_cancelations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
CREATE TRIGGER contract_cancelations_view_update AFTER UPDATE ON public.contract_cancelations REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();

CREATE TABLE contract_checkin_studios (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  contract_id bigint NOT NULL,
  studio_id bigint,
  CONSTRAINT contract_checkin_studios_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contract_checkin_studios_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_checkin_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX contract_checkin_studios_all_once ON public.contract_checkin_studios USING btree (tenant_id, contract_id) WHERE (studio_id IS NULL);
CREATE UNIQUE INDEX contract_checkin_studios_once ON public.contract_checkin_studios USING btree (tenant_id, contract_id, studio_id);
ALTER TABLE contract_checkin_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_checkin_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contract_checkin_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER contract_checkin_studios_view_delete AFTER DELETE ON public.contract_checkin_studios REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER contract_checkin_studios_view_insert AFTER INSERT ON public.contract_checkin_studios REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER contract_checkin_studios_view_update AFTER UPDATE ON public.contract_checkin_studios REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

CREATE TABLE contract_documents (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  contract_id bigint NOT NULL,
  buyer jsonb,
  file_id bigint,
  attempts integer DEFAULT 0 NOT NULL,
  due_at timestamp with time zone,
  failure text,
  created_at timestamp with time zone NOT NULL,
  printed_at timestamp with time zone,
  CONSTRAINT contract_documents_pk PRIMARY KEY (tenant_id, contract_id),
  CONSTRAINT contract_documents_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_documents_file_id_fk FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT contract_documents_attempts_counted CHECK ((attempts >= 0)),
  CONSTRAINT contract_documents_printed_at CHECK (((file_id IS NULL) = (printed_at IS NULL))),
  CONSTRAINT contract_documents_printed_once CHECK ((num_nonnulls(file_id, buyer) = 1))
);
CREATE INDEX contract_documents_due ON public.contract_documents USING btree (tenant_id, due_at NULLS FIRST, contract_id) WHERE (file_id IS NULL);
CREATE UNIQUE INDEX contract_documents_file_unique ON public.contract_documents USING btree (tenant_id, file_id);
ALTER TABLE contract_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_documents FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON contract_documents FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON contract_documents FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE contract_phases (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  contract_id bigint NOT NULL,
  seq integer NOT NULL,
  from_date date NOT NULL,
  rate_id bigint NOT NULL,
  snapshot jsonb NOT NULL,
  CONSTRAINT contract_phases_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contract_phases_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_phases_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id)
);
CREATE UNIQUE INDEX contract_phases_seq_unique ON public.contract_phases USING btree (tenant_id, contract_id, seq);
ALTER TABLE contract_phases ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_phases FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contract_phases FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER contract_phases_view_delete AFTER DELETE ON public.contract_phases REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER contract_phases_view_insert AFTER INSERT ON public.contract_phases REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER contract_phases_view_update AFTER UPDATE ON public.contract_phases REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

CREATE TABLE contract_signatures (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  contract_id bigint NOT NULL,
  text_block_id bigint,
  drawing bytea NOT NULL,
  signed_at timestamp with time zone NOT NULL,
  CONSTRAINT contract_signatures_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contract_signatures_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_signatures_text_block_id_fk FOREIGN KEY (tenant_id, text_block_id) REFERENCES text_blocks(tenant_id, id)
);
CREATE UNIQUE INDEX contract_signatures_main_once ON public.contract_signatures USING btree (tenant_id, contract_id) WHERE (text_block_id IS NULL);
CREATE UNIQUE INDEX contract_signatures_once ON public.contract_signatures USING btree (tenant_id, contract_id, text_block_id);
ALTER TABLE contract_signatures ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_signatures FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contract_signatures FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE contract_text_consents (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  contract_id bigint NOT NULL,
  text_block_id bigint NOT NULL,
  text_hash bytea NOT NULL,
  confirmed_at timestamp with time zone NOT NULL,
  CONSTRAINT contract_text_consents_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contract_text_consents_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contract_text_consents_text_block_id_fk FOREIGN KEY (tenant_id, text_block_id) REFERENCES text_blocks(tenant_id, id)
);
CREATE UNIQUE INDEX contract_text_consents_once ON public.contract_text_consents USING btree (tenant_id, contract_id, text_block_id);
ALTER TABLE contract_text_consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract_text_consents FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contract_text_consents FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE contracts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  offer_term_id bigint,
  snapshot jsonb NOT NULL,
  signed_at timestamp with time zone NOT NULL,
  signing_date date NOT NULL,
  pre_use_date date,
  start_date date NOT NULL,
  extension_index integer DEFAULT 0 NOT NULL,
  committed_end date NOT NULL,
  voided_at timestamp with time zone,
  third_party_id text,
  notes text,
  employee_id bigint,
  referred_by_customer_id bigint,
  origin text NOT NULL,
  switched_from_id bigint,
  end_is_final boolean DEFAULT false NOT NULL,
  next_change_on date,
  reversal_reason text,
  used_until date,
  CONSTRAINT contracts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT contracts_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT contracts_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id),
  CONSTRAINT contracts_offer_term_id_fk FOREIGN KEY (tenant_id, offer_term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT contracts_referred_by_customer_id_fk FOREIGN KEY (tenant_id, referred_by_customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT contracts_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT contracts_switched_from_id_fk FOREIGN KEY (tenant_id, switched_from_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT contracts_origin_known CHECK ((origin = ANY (ARRAY['SIGNUP'::text, 'ADD'::text, 'SWITCH'::text, 'BACKOFFICE'::text, 'IMPORT'::text]))),
  CONSTRAINT contracts_pre_use_before_start CHECK ((pre_use_date <= start_date)),
  CONSTRAINT contracts_reversal_of_voided CHECK (((voided_at IS NOT NULL) OR (num_nonnulls(reversal_reason, used_until) = 0)))
);
CREATE INDEX contracts_customer ON public.contracts USING btree (tenant_id, customer_id, start_date DESC NULLS LAST);
CREATE INDEX contracts_end ON public.contracts USING btree (tenant_id, studio_id, committed_end);
CREATE INDEX contracts_next_change ON public.contracts USING btree (tenant_id, studio_id, next_change_on) WHERE (next_change_on IS NOT NULL);
CREATE INDEX contracts_referred_by_customer_id_ref ON public.contracts USING btree (tenant_id, referred_by_customer_id) WHERE (referred_by_customer_id IS NOT NULL);
CREATE INDEX contracts_switched_from_id_ref ON public.contracts USING btree (tenant_id, switched_from_id) WHERE (switched_from_id IS NOT NULL);
CREATE UNIQUE INDEX contracts_switched_once ON public.contracts USING btree (tenant_id, switched_from_id) WHERE (voided_at IS NULL);
CREATE INDEX contracts_third_party ON public.contracts USING btree (tenant_id, third_party_id);
ALTER TABLE contracts ENABLE ROW LEVEL SECURITY;
ALTER TABLE contracts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON contracts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER contracts_view_delete AFTER DELETE ON public.contracts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER contracts_view_insert AFTER INSERT ON public.contracts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER contracts_view_update AFTER UPDATE ON public.contracts REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE credit_items (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  entity_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL,
  method text,
  value_date date NOT NULL,
  amount numeric(19,4) NOT NULL,
  remaining numeric(19,4) NOT NULL,
  reversed numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  currency character(3) NOT NULL,
  entry_id bigint NOT NULL,
  CONSTRAINT credit_items_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT credit_items_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT credit_items_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT credit_items_entry_id_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES journal_entries(tenant_id, id),
  CONSTRAINT credit_items_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT credit_items_amount_digits CHECK ((amount = round(amount, palestra_currency_digits((currency)::text)))),
  CONSTRAINT credit_items_kind_known CHECK ((kind = ANY (ARRAY['PAYMENT'::text, 'VOUCHER'::text, 'WRITE_OFF'::text, 'INSTALLMENT_TRANSFER'::text, 'REFUND'::text, 'ASSIGNMENT'::text, 'COMPANY_PAYMENT'::text]))),
  CONSTRAINT credit_items_method_known CHECK ((method = ANY (ARRAY['CASH'::text, 'BANK_TRANSFER'::text, 'DIRECT_DEBIT'::text, 'CREDIT_CARD'::text, 'PAYPAL'::text, 'TWINT'::text, 'IDEAL'::text, 'BANCONTACT'::text, 'AGENCY'::text]))),
  CONSTRAINT credit_items_payment_has_method CHECK (((kind = 'PAYMENT'::text) = (method IS NOT NULL))),
  CONSTRAINT credit_items_remaining_within_amount CHECK (((remaining >= LEAST(amount, (0)::numeric)) AND (remaining <= GREATEST(amount, (0)::numeric)))),
  CONSTRAINT credit_items_reversed_within_amount CHECK (((reversed >= (0)::numeric) AND (reversed <= GREATEST(amount, (0)::numeric))))
);
CREATE INDEX credit_items_customer ON public.credit_items USING btree (tenant_id, customer_id, id);
CREATE INDEX credit_items_entry_id_ref ON public.credit_items USING btree (tenant_id, entry_id);
CREATE INDEX credit_items_remaining ON public.credit_items USING btree (tenant_id, customer_id, id) WHERE (remaining <> (0)::numeric);
ALTER TABLE credit_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE credit_items FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON credit_items FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_access_log (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  customer_id bigint NOT NULL,
  api_key_id bigint,
  staff_user_id bigint,
  operation text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT customer_access_log_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_access_log_one_reader CHECK ((num_nonnulls(api_key_id, staff_user_id) = 1))
);
CREATE INDEX customer_access_log_customer ON public.customer_access_log USING btree (tenant_id, customer_id, at);
CREATE INDEX customer_access_log_expiry ON public.customer_access_log USING btree (tenant_id, at);
ALTER TABLE customer_access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_access_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_access_log FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_accounts (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  entity_id bigint NOT NULL,
  debtor_id text NOT NULL,
  payment_choice text DEFAULT 'CASH'::text NOT NULL,
  balance numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  consumption_credit numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  currency character(3) NOT NULL,
  dunning_level_id bigint,
  open_cases integer DEFAULT 0 NOT NULL,
  collection_hold boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  dunning_cycle integer DEFAULT 0 NOT NULL,
  dunned_on date,
  collection_stage text,
  CONSTRAINT customer_accounts_pk PRIMARY KEY (tenant_id, customer_id, entity_id),
  CONSTRAINT customer_accounts_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_accounts_dunning_level_id_fk FOREIGN KEY (tenant_id, dunning_level_id) REFERENCES dunning_levels(tenant_id, id),
  CONSTRAINT customer_accounts_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT customer_accounts_dunned_with_level CHECK (((dunning_level_id IS NULL) = (dunned_on IS NULL))),
  CONSTRAINT customer_accounts_open_cases_counted CHECK ((open_cases >= 0)),
  CONSTRAINT customer_accounts_payment_choice_known CHECK ((payment_choice = ANY (ARRAY['CASH'::text, 'BANK_TRANSFER'::text, 'BACS'::text, 'SEPA'::text, 'CH_DD'::text, 'LSV'::text, 'CREDIT_CARD'::text, 'TWINT'::text, 'PAYPAL'::text, 'BANCONTACT'::text, 'IDEAL'::text])))
) WITH (fillfactor=80);
CREATE UNIQUE INDEX customer_accounts_debtor_id_unique ON public.customer_accounts USING btree (tenant_id, debtor_id);
ALTER TABLE customer_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_accounts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_amendments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  status text NOT NULL,
  base jsonb,
  proposed jsonb,
  base_enc bytea,
  proposed_enc bytea,
  changed_fields text[] NOT NULL,
  signature_file_id bigint,
  requested_by text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  decided_by text,
  reason text,
  CONSTRAINT customer_amendments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_amendments_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_amendments_signature_file_id_fk FOREIGN KEY (tenant_id, signature_file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT customer_amendments_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT customer_amendments_bank_data_sealed CHECK (
CASE
    WHEN (kind = 'PAYMENT_DATA'::text) THEN (num_nonnulls(base, proposed) = 0)
    ELSE (num_nonnulls(base_enc, proposed_enc, signature_file_id) = 0)
END),
  CONSTRAINT customer_amendments_decided CHECK (((status = 'PENDING'::text) = (decided_at IS NULL))),
  CONSTRAINT customer_amendments_kind_known CHECK ((kind = ANY (ARRAY['CONTACT_DATA'::text, 'ADDRESS_DATA'::text, 'MASTER_DATA'::text, 'PAYMENT_DATA'::text]))),
  CONSTRAINT customer_amendments_rejected_with_reason CHECK (((status <> 'REJECTED'::text) OR (reason IS NOT NULL))),
  CONSTRAINT customer_amendments_status_known CHECK ((status = ANY (ARRAY['PENDING'::text, 'APPLIED'::text, 'ACCEPTED'::text, 'REJECTED'::text, 'WITHDRAWN'::text, 'SUPERSEDED'::text, 'CANCELLED'::text])))
);
CREATE INDEX customer_amendments_customer ON public.customer_amendments USING btree (tenant_id, customer_id, id);
CREATE INDEX customer_amendments_inbox ON public.customer_amendments USING btree (tenant_id, studio_id, status, requested_at);
CREATE UNIQUE INDEX customer_amendments_one_pending ON public.customer_amendments USING btree (tenant_id, customer_id, kind) WHERE (status = 'PENDING'::text);
CREATE INDEX customer_amendments_signature_file_id_ref ON public.customer_amendments USING btree (tenant_id, signature_file_id) WHERE (signature_file_id IS NOT NULL);
ALTER TABLE customer_amendments ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_amendments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_amendments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_comm_preferences (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  category text NOT NULL,
  channel text NOT NULL,
  active boolean NOT NULL,
  source text NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT customer_comm_preferences_pk PRIMARY KEY (tenant_id, customer_id, category, channel),
  CONSTRAINT customer_comm_preferences_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_comm_preferences_category_known CHECK ((category = ANY (ARRAY['CONTRACT'::text, 'GENERAL'::text, 'APPOINTMENT'::text, 'NEWSLETTER'::text, 'LOYALTY_PROGRAM'::text]))),
  CONSTRAINT customer_comm_preferences_channel_known CHECK ((channel = ANY (ARRAY['LETTER'::text, 'EMAIL'::text, 'TEXT_MESSAGE'::text, 'PHONE'::text, 'FAX'::text, 'CONVERSATION'::text, 'CHAT'::text, 'OTHER'::text])))
);
ALTER TABLE customer_comm_preferences ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_comm_preferences FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_comm_preferences FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_documents (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  file_id bigint NOT NULL,
  file_name text NOT NULL,
  description text,
  internal boolean DEFAULT false NOT NULL,
  uploaded_by text NOT NULL,
  CONSTRAINT customer_documents_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_documents_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_documents_file_id_fk FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id)
);
CREATE INDEX customer_documents_customer ON public.customer_documents USING btree (tenant_id, customer_id, id);
CREATE INDEX customer_documents_file_id_ref ON public.customer_documents USING btree (tenant_id, file_id);
ALTER TABLE customer_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_documents FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_documents FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_integration_blocks (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  integration_id bigint NOT NULL,
  since timestamp with time zone NOT NULL,
  reason text,
  CONSTRAINT customer_integration_blocks_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_integration_blocks_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_integration_blocks_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id)
);
CREATE UNIQUE INDEX customer_integration_blocks_one ON public.customer_integration_blocks USING btree (tenant_id, customer_id, integration_id);
ALTER TABLE customer_integration_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_integration_blocks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_integration_blocks FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER customer_integration_blocks_view_delete AFTER DELETE ON public.customer_integration_blocks REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER customer_integration_blocks_view_insert AFTER INSERT ON public.customer_integration_blocks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER customer_integration_blocks_view_update AFTER UPDATE ON public.customer_integration_blocks REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE customer_liable_persons (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  date_of_birth date,
  street text,
  house_number text,
  zip_code text,
  city text,
  country_code character(2),
  email text,
  phone text,
  tax_id_enc bytea,
  doc_ident_enc bytea,
  account_holder text,
  iban_enc bytea,
  bic text,
  bank_name text,
  CONSTRAINT customer_liable_persons_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_liable_persons_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id)
);
CREATE UNIQUE INDEX customer_liable_persons_one ON public.customer_liable_persons USING btree (tenant_id, customer_id);
ALTER TABLE customer_liable_persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_liable_persons FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_liable_persons FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_number_counters (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  next bigint NOT NULL,
  CONSTRAINT customer_number_counters_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT customer_number_counters_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
) WITH (fillfactor=50);
ALTER TABLE customer_number_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_number_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_number_counters FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_standings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  standing json NOT NULL,
  CONSTRAINT customer_standings_pk PRIMARY KEY (tenant_id, customer_id),
  CONSTRAINT customer_standings_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE customer_standings ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_standings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_standings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_studio_history (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  from_studio bigint NOT NULL,
  to_studio bigint NOT NULL,
  switch_date date NOT NULL,
  description text,
  actor text NOT NULL,
  request_hash bytea,
  CONSTRAINT customer_studio_history_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_studio_history_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_studio_history_from_studio_fk FOREIGN KEY (tenant_id, from_studio) REFERENCES studios(tenant_id, id),
  CONSTRAINT customer_studio_history_to_studio_fk FOREIGN KEY (tenant_id, to_studio) REFERENCES studios(tenant_id, id)
);
CREATE INDEX customer_studio_history_customer ON public.customer_studio_history USING btree (tenant_id, customer_id, switch_date);
ALTER TABLE customer_studio_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_studio_history FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_studio_history FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customer_third_party_ids (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  integration_id bigint,
  value text NOT NULL,
  CONSTRAINT customer_third_party_ids_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customer_third_party_ids_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customer_third_party_ids_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id)
);
CREATE UNIQUE INDEX customer_third_party_ids_migrated_one ON public.customer_third_party_ids USING btree (tenant_id, customer_id) WHERE (integration_id IS NULL);
CREATE UNIQUE INDEX customer_third_party_ids_migrated_unique ON public.customer_third_party_ids USING btree (tenant_id, value) WHERE (integration_id IS NULL);
CREATE UNIQUE INDEX customer_third_party_ids_one ON public.customer_third_party_ids USING btree (tenant_id, customer_id, integration_id);
CREATE UNIQUE INDEX customer_third_party_ids_value_unique ON public.customer_third_party_ids USING btree (tenant_id, integration_id, value);
ALTER TABLE customer_third_party_ids ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_third_party_ids FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_third_party_ids FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER customer_third_party_ids_view_delete AFTER DELETE ON public.customer_third_party_ids REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER customer_third_party_ids_view_insert AFTER INSERT ON public.customer_third_party_ids REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER customer_third_party_ids_view_update AFTER UPDATE ON public.customer_third_party_ids REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE customer_views (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  customer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  blocked_integration_ids bigint[] NOT NULL,
  whole json NOT NULL,
  CONSTRAINT customer_views_pk PRIMARY KEY (tenant_id, customer_id),
  CONSTRAINT customer_views_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE customer_views ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_views FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customer_views FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE customers (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  customer_number text NOT NULL,
  uuid uuid NOT NULL,
  referral_code text NOT NULL,
  title text DEFAULT 'NONE'::text NOT NULL,
  first_name text NOT NULL,
  second_first_name text,
  last_name text NOT NULL,
  second_last_name text,
  date_of_birth date,
  place_of_birth text,
  country_of_birth character(2),
  gender text DEFAULT 'UNISEX'::text NOT NULL,
  email text,
  email_status text DEFAULT 'UNVERIFIED'::text NOT NULL,
  phone_private text,
  phone_private_mobile text,
  phone_business text,
  phone_business_mobile text,
  street text,
  second_street text,
  house_number text,
  zip_code text,
  city text,
  city_part text,
  district text,
  street_type text,
  street_block text,
  portal text,
  stairway text,
  door text,
  province text,
  province_code text,
  additional_address_information text,
  floor text,
  building_name text,
  country_code character(2),
  address_status text DEFAULT 'VALID'::text NOT NULL,
  address_status_information text,
  address_status_since date,
  member_codes text[] DEFAULT '{}'::text[] NOT NULL,
  booking_block_until timestamp with time zone,
  booking_block_reason text,
  source text NOT NULL,
  language_code character(2),
  language_country character(2),
  tax_id_enc bytea,
  doc_ident_enc bytea,
  height_cm smallint,
  membership_until date,
  image_file_id bigint,
  access_code_version integer DEFAULT 0 NOT NULL,
  static_access_number character(12) NOT NULL,
  dedupe_hash bytea,
  erased_at timestamp with time zone,
  merged_into_id bigint,
  system boolean DEFAULT false NOT NULL,
  announced_status text DEFAULT 'PROSPECT'::text NOT NULL,
  first_fold text NOT NULL,
  first_fold_tr text NOT NULL,
  last_fold text NOT NULL,
  last_fold_tr text NOT NULL,
  email_fold text,
  phone_folds text[] DEFAULT '{}'::text[] NOT NULL,
  number_fold text GENERATED ALWAYS AS (lower(customer_number)) STORED,
  phone_private_reversed text GENERATED ALWAYS AS (reverse(regexp_replace(phone_private, '\D'::text, ''::text, 'g'::text))) STORED,
  phone_private_mobile_reversed text GENERATED ALWAYS AS (reverse(regexp_replace(phone_private_mobile, '\D'::text, ''::text, 'g'::text))) STORED,
  phone_business_reversed text GENERATED ALWAYS AS (reverse(regexp_replace(phone_business, '\D'::text, ''::text, 'g'::text))) STORED,
  phone_business_mobile_reversed text GENERATED ALWAYS AS (reverse(regexp_replace(phone_business_mobile, '\D'::text, ''::text, 'g'::text))) STORED,
  CONSTRAINT customers_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT customers_image_file_id_fk FOREIGN KEY (tenant_id, image_file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT customers_merged_into_id_fk FOREIGN KEY (tenant_id, merged_into_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT customers_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT customers_address_status_known CHECK ((address_status = ANY (ARRAY['VALID'::text, 'INVALID'::text]))),
  CONSTRAINT customers_announced_status_known CHECK ((announced_status = ANY (ARRAY['PROSPECT'::text, 'MEMBER'::text, 'FORMER_MEMBER'::text]))),
  CONSTRAINT customers_block_has_reason CHECK (((booking_block_until IS NULL) OR (booking_block_reason IS NOT NULL))),
  CONSTRAINT customers_email_status_known CHECK ((email_status = ANY (ARRAY['UNVERIFIED'::text, 'VERIFIED'::text, 'BOUNCED'::text]))),
  CONSTRAINT customers_gender_known CHECK ((gender = ANY (ARRAY['MALE'::text, 'FEMALE'::text, 'UNISEX'::text]))),
  CONSTRAINT customers_source_known CHECK ((source = ANY (ARRAY['API'::text, 'SIGNUP'::text, 'LEAD'::text, 'TRIAL_OFFER'::text, 'VOUCHER'::text, 'AGGREGATOR'::text, 'STAFF'::text, 'IMPORT'::text, 'SYSTEM'::text]))),
  CONSTRAINT customers_title_known CHECK ((title = ANY (ARRAY['NONE'::text, 'DR'::text, 'PROF'::text])))
);
CREATE INDEX customers_birth_date ON public.customers USING btree (tenant_id, date_of_birth, last_fold) WHERE (erased_at IS NULL);
CREATE INDEX customers_dedupe ON public.customers USING btree (tenant_id, dedupe_hash) WHERE (erased_at IS NULL);
CREATE INDEX customers_email ON public.customers USING btree (tenant_id, email_fold) WHERE (erased_at IS NULL);
CREATE INDEX customers_first_last_name ON public.customers USING btree (tenant_id, first_fold, last_fold, id) WHERE (erased_at IS NULL);
CREATE INDEX customers_first_name ON public.customers USING btree (tenant_id, first_fold, id) WHERE (erased_at IS NULL);
CREATE INDEX customers_first_name_tr ON public.customers USING btree (tenant_id, first_fold_tr, id) WHERE (erased_at IS NULL);
CREATE INDEX customers_image_file_id_ref ON public.customers USING btree (tenant_id, image_file_id) WHERE (image_file_id IS NOT NULL);
CREATE INDEX customers_member_end ON public.customers USING btree (tenant_id, studio_id, membership_until) WHERE (announced_status = 'MEMBER'::text);
CREATE INDEX customers_merged_into_id_ref ON public.customers USING btree (tenant_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX customers_name ON public.customers USING btree (tenant_id, last_fold, first_fold, id) WHERE (erased_at IS NULL);
CREATE INDEX customers_name_tr ON public.customers USING btree (tenant_id, last_fold_tr, first_fold_tr, id) WHERE (erased_at IS NULL);
CREATE UNIQUE INDEX customers_number_unique ON public.customers USING btree (tenant_id, number_fold);
CREATE INDEX customers_phone_business_digits ON public.customers USING btree (tenant_id, phone_business_reversed) WHERE ((erased_at IS NULL) AND (phone_business_reversed IS NOT NULL));
CREATE INDEX customers_phone_business_mobile_digits ON public.customers USING btree (tenant_id, phone_business_mobile_reversed) WHERE ((erased_at IS NULL) AND (phone_business_mobile_reversed IS NOT NULL));
CREATE INDEX customers_phone_private_digits ON public.customers USING btree (tenant_id, phone_private_reversed) WHERE ((erased_at IS NULL) AND (phone_private_reversed IS NOT NULL));
CREATE INDEX customers_phone_private_mobile_digits ON public.customers USING btree (tenant_id, phone_private_mobile_reversed) WHERE ((erased_at IS NULL) AND (phone_private_mobile_reversed IS NOT NULL));
CREATE INDEX customers_prospects ON public.customers USING btree (tenant_id, studio_id, id) WHERE (membership_until IS NULL);
CREATE UNIQUE INDEX customers_referral_code_unique ON public.customers USING btree (tenant_id, referral_code);
CREATE UNIQUE INDEX customers_static_access_number_unique ON public.customers USING btree (tenant_id, static_access_number);
CREATE INDEX customers_studio ON public.customers USING btree (tenant_id, studio_id, id);
CREATE INDEX customers_studio_name ON public.customers USING btree (tenant_id, studio_id, last_fold, first_fold, id) WHERE (erased_at IS NULL);
CREATE INDEX customers_studio_name_tr ON public.customers USING btree (tenant_id, studio_id, last_fold_tr, first_fold_tr, id) WHERE (erased_at IS NULL);
CREATE UNIQUE INDEX customers_uuid_unique ON public.customers USING btree (tenant_id, uuid);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON customers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER customers_view_insert AFTER INSERT ON public.customers REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();
CREATE TRIGGER customers_view_update AFTER UPDATE ON public.customers REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();

CREATE TABLE day_closes (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  day date NOT NULL,
  entry_count integer NOT NULL,
  debit_total numeric(19,4) NOT NULL,
  sha256 bytea NOT NULL,
  closed_at timestamp with time zone NOT NULL,
  CONSTRAINT day_closes_pk PRIMARY KEY (tenant_id, studio_id, day),
  CONSTRAINT day_closes_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
ALTER TABLE day_closes ENABLE ROW LEVEL SECURITY;
ALTER TABLE day_closes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON day_closes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER day_closes_append_only BEFORE DELETE OR UPDATE ON public.day_closes FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();

CREATE TABLE debt_claims (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  debt_uuid uuid DEFAULT gen_random_uuid() NOT NULL,
  entity_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL,
  charge_type text NOT NULL,
  description text NOT NULL,
  amount numeric(19,4) NOT NULL,
  net numeric(19,4) NOT NULL,
  tax numeric(19,4) NOT NULL,
  tax_code_id bigint,
  currency character(3) NOT NULL,
  due_date date NOT NULL,
  service_from date,
  service_to date,
  state text NOT NULL,
  posted_entry_id bigint,
  open_amount numeric(19,4) NOT NULL,
  reduced_amount numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  reduced_tax numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  in_installment_plan boolean DEFAULT false NOT NULL,
  collection_state text DEFAULT 'NONE'::text NOT NULL,
  parent_claim_id bigint,
  latest_rejection_reason text,
  dunning_clock_from date,
  payer text DEFAULT 'MEMBER'::text NOT NULL,
  company_id bigint,
  contract_id bigint,
  component text,
  component_id bigint,
  period_from date,
  seq integer,
  mandatory_on_signing boolean DEFAULT false NOT NULL,
  in_flight_item_id bigint,
  maturity text DEFAULT 'NORMAL'::text NOT NULL,
  CONSTRAINT debt_claims_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT debt_claims_company_id_fk FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, id),
  CONSTRAINT debt_claims_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT debt_claims_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT debt_claims_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT debt_claims_in_flight_item_id_fk FOREIGN KEY (tenant_id, in_flight_item_id) REFERENCES payment_run_items(tenant_id, id),
  CONSTRAINT debt_claims_parent_claim_id_fk FOREIGN KEY (tenant_id, parent_claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT debt_claims_posted_entry_id_fk FOREIGN KEY (tenant_id, posted_entry_id) REFERENCES journal_entries(tenant_id, id),
  CONSTRAINT debt_claims_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT debt_claims_tax_code_id_fk FOREIGN KEY (tenant_id, tax_code_id) REFERENCES tax_codes(tenant_id, id),
  CONSTRAINT debt_claims_amount_digits CHECK ((amount = round(amount, palestra_currency_digits((currency)::text)))),
  CONSTRAINT debt_claims_charge_type_known CHECK ((charge_type = ANY (ARRAY['MEMBERSHIP_CHARGE'::text, 'MODULE_CHARGE'::text, 'FLAT_FEE'::text, 'IDLE_PERIOD_CHARGE'::text, 'CREDIT'::text, 'SALE'::text, 'FEE'::text, 'INSTALLMENT'::text, 'OTHER'::text]))),
  CONSTRAINT debt_claims_collection_state_known CHECK ((collection_state = ANY (ARRAY['NONE'::text, 'IN_TRANSFER'::text, 'AT_AGENCY'::text]))),
  CONSTRAINT debt_claims_company_named CHECK (((payer = 'COMPANY'::text) = (company_id IS NOT NULL))),
  CONSTRAINT debt_claims_component_known CHECK ((component = ANY (ARRAY['RATE'::text, 'PRE_USE'::text, 'FLAT_FEE'::text, 'MODULE'::text, 'IDLE_PERIOD'::text]))),
  CONSTRAINT debt_claims_kind_known CHECK ((kind = ANY (ARRAY['DEBT_CLAIM'::text, 'FLAT_FEE'::text, 'SALE'::text, 'PRINCIPAL_CLAIM'::text, 'DUNNING_FEE'::text, 'BANK_FEE'::text]))),
  CONSTRAINT debt_claims_latest_rejection_reason_known CHECK ((latest_rejection_reason = ANY (ARRAY['PURCHASE_LIMIT'::text, 'INVALID_IBAN'::text, 'CLOSED_BANKACCOUNT'::text, 'FRAUD'::text, 'INSOLVENCY'::text, 'DECEASED'::text, 'INCOMPLETE_ADDRESS'::text, 'INVALID_ADDRESS'::text, 'INVALID_OR_MISSING_INFORMATION'::text, 'CHARGED_BACK'::text, 'ALREADY_PURCHASED'::text, 'ALREADY_CHARGED_BACK'::text, 'CONTESTED_CONTRACT'::text, 'WITHDRAWN_MANDATE'::text, 'INVALID_SEPA_MANDATE'::text, 'IBAN_BLACKLISTED'::text, 'TERMINATED_CONTRACT'::text, 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE'::text, 'AMOUNT_EXCEEDS_LIMIT'::text, 'NON_CONTRACTUAL'::text, 'PURCHASING_SUSPENDED'::text, 'INSTRUCTED_BY_STUDIO'::text, 'MISSING_LIABLE_PERSON'::text, 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN'::text, 'ACCOUNT_CLOSED_BEFORE_COLLECTION'::text, 'DEBT_OVERAGED'::text, 'DUNNING_UNSUCCESSFUL'::text, 'AUTOMATIC_CHARGEBACK'::text, 'STUDIO_CLOSED_DOWN'::text, 'REPEATED_INVALID_SEPA_MANDATE'::text, 'SETTLEMENT_AGREEMENT'::text, 'INVALID_SEPA_CREDITOR_ID'::text, 'INSUFFICIENT_COVERING'::text, 'OPPOSITION'::text, 'INVALID_BANK_INFORMATION'::text, 'INVALID_MANDATE'::text, 'AUTHORIZATION_DECLINED'::text, 'INVALID_CARD'::text, 'CARD_EXPIRED'::text, 'REVOKED_BY_CUSTOMER'::text, 'UNSUPPORTED_DEBT_CLAIM_TYPE'::text, 'PURCHASESTOP_FRAUD'::text, 'ALREADY_REJECTED'::text, 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE'::text, 'MANUALLY_REJECTED'::text, 'MANUALLY_SET_PURCHASESTOP'::text, 'OTHER'::text, 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY'::text, 'UNKNOWN'::text]))),
  CONSTRAINT debt_claims_line_whole CHECK ((num_nonnulls(contract_id, component, component_id, period_from, seq) = ANY (ARRAY[0, 5]))),
  CONSTRAINT debt_claims_maturity_known CHECK ((maturity = ANY (ARRAY['NORMAL'::text, 'RESIDUAL'::text]))),
  CONSTRAINT debt_claims_net_and_tax CHECK ((amount = (net + tax))),
  CONSTRAINT debt_claims_open_within_amount CHECK (((open_amount >= LEAST(amount, (0)::numeric)) AND (open_amount <= GREATEST(amount, (0)::numeric)))),
  CONSTRAINT debt_claims_payer_known CHECK ((payer = ANY (ARRAY['MEMBER'::text, 'COMPANY'::text]))),
  CONSTRAINT debt_claims_posted_in_journal CHECK (((state = 'POSTED'::text) = (posted_entry_id IS NOT NULL))),
  CONSTRAINT debt_claims_reduced_within_amount CHECK (((reduced_amount >= (0)::numeric) AND (reduced_amount <= GREATEST(amount, (0)::numeric)))),
  CONSTRAINT debt_claims_service_order CHECK ((service_from <= service_to)),
  CONSTRAINT debt_claims_state_known CHECK ((state = ANY (ARRAY['SCHEDULED'::text, 'POSTED'::text, 'VOID'::text])))
);
CREATE INDEX debt_claims_customer ON public.debt_claims USING btree (tenant_id, customer_id, due_date, id);
CREATE INDEX debt_claims_in_flight ON public.debt_claims USING btree (tenant_id, in_flight_item_id) WHERE (in_flight_item_id IS NOT NULL);
CREATE UNIQUE INDEX debt_claims_line_unique ON public.debt_claims USING btree (tenant_id, contract_id, component, component_id, period_from, seq, payer) WHERE (contract_id IS NOT NULL);
CREATE INDEX debt_claims_open ON public.debt_claims USING btree (tenant_id, customer_id, due_date, id) WHERE ((state = 'POSTED'::text) AND (open_amount <> (0)::numeric));
CREATE INDEX debt_claims_parent_claim_id_ref ON public.debt_claims USING btree (tenant_id, parent_claim_id) WHERE (parent_claim_id IS NOT NULL);
CREATE INDEX debt_claims_posted_entry_id_ref ON public.debt_claims USING btree (tenant_id, posted_entry_id) WHERE (posted_entry_id IS NOT NULL);
CREATE INDEX debt_claims_scheduled ON public.debt_claims USING btree (tenant_id, studio_id, due_date) WHERE (state = 'SCHEDULED'::text);
CREATE UNIQUE INDEX debt_claims_uuid_unique ON public.debt_claims USING btree (tenant_id, debt_uuid);
ALTER TABLE debt_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE debt_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON debt_claims FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE debt_collection_runs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  agency_contract_id bigint NOT NULL,
  origin text NOT NULL,
  state text NOT NULL,
  collection_date date,
  client jsonb,
  announced_at timestamp with time zone,
  reminders integer DEFAULT 0 NOT NULL,
  confirmed_at timestamp with time zone,
  CONSTRAINT debt_collection_runs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT debt_collection_runs_agency_contract_id_fk FOREIGN KEY (tenant_id, agency_contract_id) REFERENCES agency_contracts(tenant_id, id),
  CONSTRAINT debt_collection_runs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT debt_collection_runs_confirmed CHECK (((state = 'COMPLETED'::text) = (confirmed_at IS NOT NULL))),
  CONSTRAINT debt_collection_runs_origin_known CHECK ((origin = ANY (ARRAY['DEBT_COLLECTION_RUN'::text, 'INDIVIDUAL_HANDOVER'::text, 'AUTOMATIC_HANDOVER'::text, 'CONTRACT_CANCELATION'::text]))),
  CONSTRAINT debt_collection_runs_state_known CHECK ((state = ANY (ARRAY['DRAFT'::text, 'INTERNAL_PROCESSING'::text, 'WAITING_FOR_CONFIRMATION'::text, 'COMPLETED'::text, 'FAILED'::text]))),
  CONSTRAINT debt_collection_runs_verified CHECK (((state = 'DRAFT'::text) = (collection_date IS NULL)))
);
CREATE INDEX debt_collection_runs_contract ON public.debt_collection_runs USING btree (tenant_id, agency_contract_id);
CREATE INDEX debt_collection_runs_studio ON public.debt_collection_runs USING btree (tenant_id, studio_id, id);
CREATE INDEX debt_collection_runs_unfinished ON public.debt_collection_runs USING btree (tenant_id, announced_at) WHERE (state = ANY (ARRAY['INTERNAL_PROCESSING'::text, 'WAITING_FOR_CONFIRMATION'::text]));
ALTER TABLE debt_collection_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE debt_collection_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON debt_collection_runs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE debtor_counters (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  last_number bigint NOT NULL,
  CONSTRAINT debtor_counters_pk PRIMARY KEY (tenant_id)
);
ALTER TABLE debtor_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE debtor_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON debtor_counters FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE deployment (
  id boolean DEFAULT true NOT NULL,
  secret_check bytea,
  served_url text,
  unnamed_proxy text,
  CONSTRAINT deployment_pkey PRIMARY KEY (id),
  CONSTRAINT deployment_single CHECK (id)
);


CREATE TABLE device_access_log (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  device_id bigint NOT NULL,
  customer_id bigint,
  action text NOT NULL,
  outcome text NOT NULL,
  reason text,
  dry_run boolean NOT NULL,
  medium_kind text,
  at timestamp with time zone NOT NULL,
  CONSTRAINT device_access_log_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT device_access_log_medium_kind_known CHECK ((medium_kind = ANY (ARRAY['NUMBER'::text, 'BARCODE'::text, 'PIN'::text, 'WALLET_PASS'::text, 'QR_CODE'::text]))),
  CONSTRAINT device_access_log_outcome_known CHECK ((outcome = ANY (ARRAY['DONE'::text, 'GRANTED'::text, 'REPEATED'::text, 'REFUSED'::text, 'NOT_IDENTIFIED'::text])))
);
CREATE INDEX device_access_log_customer ON public.device_access_log USING btree (tenant_id, customer_id, at);
CREATE INDEX device_access_log_device ON public.device_access_log USING btree (tenant_id, device_id, id);
CREATE INDEX device_access_log_done ON public.device_access_log USING btree (tenant_id, device_id, customer_id, at) WHERE (outcome = 'DONE'::text);
CREATE INDEX device_access_log_expiry ON public.device_access_log USING btree (tenant_id, at);
ALTER TABLE device_access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_access_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_access_log FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE device_intervals (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  device_id bigint NOT NULL,
  duration_seconds integer NOT NULL,
  price numeric(19,4) NOT NULL,
  CONSTRAINT device_intervals_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT device_intervals_device_id_fk FOREIGN KEY (tenant_id, device_id) REFERENCES devices(tenant_id, id),
  CONSTRAINT device_intervals_positive CHECK (((duration_seconds > 0) AND (price >= (0)::numeric)))
);
CREATE UNIQUE INDEX device_intervals_one_per_duration ON public.device_intervals USING btree (tenant_id, device_id, duration_seconds);
ALTER TABLE device_intervals ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_intervals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_intervals FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE device_products (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  device_id bigint NOT NULL,
  shelf text NOT NULL,
  product text NOT NULL,
  price numeric(19,4) NOT NULL,
  min_age integer,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT device_products_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT device_products_device_id_fk FOREIGN KEY (tenant_id, device_id) REFERENCES devices(tenant_id, id),
  CONSTRAINT device_products_age CHECK (((min_age >= 1) AND (min_age <= 120))),
  CONSTRAINT device_products_price_positive CHECK ((price > (0)::numeric))
);
CREATE UNIQUE INDEX device_products_one_per_shelf ON public.device_products USING btree (tenant_id, device_id, shelf) WHERE active;
ALTER TABLE device_products ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_products FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_products FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE device_usages (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  device_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  duration_seconds integer,
  price numeric(19,4) NOT NULL,
  benefit_usage_id bigint,
  ledger_entry_id bigint,
  at timestamp with time zone NOT NULL,
  CONSTRAINT device_usages_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT device_usages_benefit_usage_id_fk FOREIGN KEY (tenant_id, benefit_usage_id) REFERENCES benefit_usages(tenant_id, id),
  CONSTRAINT device_usages_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT device_usages_device_id_fk FOREIGN KEY (tenant_id, device_id) REFERENCES devices(tenant_id, id),
  CONSTRAINT device_usages_duration_positive CHECK ((duration_seconds > 0)),
  CONSTRAINT device_usages_price_counted CHECK ((price >= (0)::numeric))
);
CREATE INDEX device_usages_benefit_usage_id_ref ON public.device_usages USING btree (tenant_id, benefit_usage_id) WHERE (benefit_usage_id IS NOT NULL);
CREATE INDEX device_usages_customer ON public.device_usages USING btree (tenant_id, device_id, customer_id, at DESC NULLS LAST);
CREATE INDEX device_usages_customer_id_ref ON public.device_usages USING btree (tenant_id, customer_id);
ALTER TABLE device_usages ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_usages FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON device_usages FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE devices (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  integration_id bigint,
  name text NOT NULL,
  model text NOT NULL,
  state text NOT NULL,
  token_hash bytea,
  token_enc bytea,
  config jsonb NOT NULL,
  last_seen_at timestamp with time zone,
  CONSTRAINT devices_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT devices_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT devices_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT devices_model_known CHECK ((model = ANY (ARRAY['GENERIC_CARD_READER'::text, 'GENERIC_VENDING_READER'::text, 'GENERIC_TIME_READER'::text]))),
  CONSTRAINT devices_state_known CHECK ((state = ANY (ARRAY['NEW'::text, 'ACTIVE'::text, 'INACTIVE'::text]))),
  CONSTRAINT devices_token_while_active CHECK ((((state = 'ACTIVE'::text) = (token_hash IS NOT NULL)) AND ((token_hash IS NULL) = (token_enc IS NULL))))
);
CREATE INDEX devices_studio ON public.devices USING btree (tenant_id, studio_id, id);
CREATE UNIQUE INDEX devices_token_hash_unique ON public.devices USING btree (token_hash);
ALTER TABLE devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE devices FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON devices FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON devices FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE dunning_levels (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  no integer NOT NULL,
  name text NOT NULL,
  days_overdue integer NOT NULL,
  min_days_since_previous integer DEFAULT 1 NOT NULL,
  min_open numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  fee numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  currency character(3) NOT NULL,
  restrict_access boolean DEFAULT false NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT dunning_levels_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT dunning_levels_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT dunning_levels_amounts_positive CHECK (((min_open >= (0)::numeric) AND (fee >= (0)::numeric))),
  CONSTRAINT dunning_levels_days_counted CHECK (((days_overdue >= 1) AND (min_days_since_previous >= 1))),
  CONSTRAINT dunning_levels_no_counted CHECK (((no >= 1) AND (no <= 9)))
);
CREATE UNIQUE INDEX dunning_levels_no_unique ON public.dunning_levels USING btree (tenant_id, studio_id, no);
ALTER TABLE dunning_levels ENABLE ROW LEVEL SECURITY;
ALTER TABLE dunning_levels FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON dunning_levels FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE dunning_notices (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  entity_id bigint NOT NULL,
  level_id bigint NOT NULL,
  cycle integer NOT NULL,
  dunned_on date NOT NULL,
  overdue_amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  fee_claim_id bigint,
  CONSTRAINT dunning_notices_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT dunning_notices_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT dunning_notices_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT dunning_notices_fee_claim_id_fk FOREIGN KEY (tenant_id, fee_claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT dunning_notices_level_id_fk FOREIGN KEY (tenant_id, level_id) REFERENCES dunning_levels(tenant_id, id)
);
CREATE INDEX dunning_notices_fee_claim_id_ref ON public.dunning_notices USING btree (tenant_id, fee_claim_id) WHERE (fee_claim_id IS NOT NULL);
CREATE INDEX dunning_notices_level ON public.dunning_notices USING btree (tenant_id, level_id);
CREATE UNIQUE INDEX dunning_notices_once_a_cycle ON public.dunning_notices USING btree (tenant_id, customer_id, entity_id, level_id, cycle);
ALTER TABLE dunning_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE dunning_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON dunning_notices FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE employee_competences (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  employee_id bigint NOT NULL,
  competence_id bigint NOT NULL,
  CONSTRAINT employee_competences_pk PRIMARY KEY (tenant_id, employee_id, competence_id),
  CONSTRAINT employee_competences_competence_id_fk FOREIGN KEY (tenant_id, competence_id) REFERENCES competences(tenant_id, id),
  CONSTRAINT employee_competences_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id)
);
ALTER TABLE employee_competences ENABLE ROW LEVEL SECURITY;
ALTER TABLE employee_competences FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON employee_competences FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE employee_studios (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  employee_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT employee_studios_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT employee_studios_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id),
  CONSTRAINT employee_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX employee_studios_once ON public.employee_studios USING btree (tenant_id, employee_id, studio_id) WHERE (removed_at IS NULL);
CREATE INDEX employee_studios_studio ON public.employee_studios USING btree (tenant_id, studio_id, employee_id);
ALTER TABLE employee_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE employee_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON employee_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE employees (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  public_name text,
  initials text,
  gender text DEFAULT 'UNISEX'::text NOT NULL,
  date_of_birth date,
  employee_number text,
  business_role text,
  external_role text,
  phone1 text,
  phone2 text,
  email text,
  street text,
  house_number text,
  zip_code text,
  city text,
  country_code character(2),
  image_file_id bigint,
  deleted_at timestamp with time zone,
  CONSTRAINT employees_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT employees_image_file_id_fk FOREIGN KEY (tenant_id, image_file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT employees_business_role_known CHECK ((business_role = ANY (ARRAY['STUDIO_OWNER'::text, 'STUDIO_MANAGER'::text, 'TRAINER'::text, 'SERVICE_EMPLOYEE'::text, 'ADMINISTRATION_OR_FINANCE'::text, 'MARKETING'::text]))),
  CONSTRAINT employees_gender_known CHECK ((gender = ANY (ARRAY['MALE'::text, 'FEMALE'::text, 'UNISEX'::text])))
);
ALTER TABLE employees ENABLE ROW LEVEL SECURITY;
ALTER TABLE employees FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON employees FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE entitlement_usages (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  entitlement_id bigint NOT NULL,
  booking_id bigint NOT NULL,
  service_date date NOT NULL,
  period_start date NOT NULL,
  state text NOT NULL,
  CONSTRAINT entitlement_usages_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT entitlement_usages_booking_id_fk FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings(tenant_id, id),
  CONSTRAINT entitlement_usages_entitlement_id_fk FOREIGN KEY (tenant_id, entitlement_id) REFERENCES entitlements(tenant_id, id),
  CONSTRAINT entitlement_usages_state_known CHECK ((state = ANY (ARRAY['RESERVED'::text, 'CONSUMED'::text, 'RELEASED'::text])))
);
CREATE INDEX entitlement_usages_booking_id_ref ON public.entitlement_usages USING btree (tenant_id, booking_id);
CREATE UNIQUE INDEX entitlement_usages_one_per_booking ON public.entitlement_usages USING btree (tenant_id, booking_id) WHERE (state <> 'RELEASED'::text);
CREATE INDEX entitlement_usages_period ON public.entitlement_usages USING btree (tenant_id, entitlement_id, period_start);
ALTER TABLE entitlement_usages ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlement_usages FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON entitlement_usages FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE entitlements (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  service_id bigint NOT NULL,
  source text NOT NULL,
  contract_id bigint,
  sub_contract_id bigint,
  quantity integer,
  period_value integer,
  period_unit text,
  anchor date NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  cross_studio boolean DEFAULT false NOT NULL,
  home_studio_id bigint NOT NULL,
  CONSTRAINT entitlements_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT entitlements_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT entitlements_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT entitlements_home_studio_id_fk FOREIGN KEY (tenant_id, home_studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT entitlements_service_id_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(tenant_id, id),
  CONSTRAINT entitlements_sub_contract_id_fk FOREIGN KEY (tenant_id, sub_contract_id) REFERENCES sub_contracts(tenant_id, id),
  CONSTRAINT entitlements_period_unit_known CHECK ((period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT entitlements_period_whole CHECK (((num_nonnulls(period_value, period_unit) = ANY (ARRAY[0, 2])) AND (period_value >= 0))),
  CONSTRAINT entitlements_quantity_counted CHECK ((quantity >= 0)),
  CONSTRAINT entitlements_source_known CHECK ((source = ANY (ARRAY['RATE'::text, 'MODULE'::text, 'GRANT'::text, 'PACKAGE'::text])))
);
CREATE INDEX entitlements_contract ON public.entitlements USING btree (tenant_id, contract_id);
CREATE INDEX entitlements_customer ON public.entitlements USING btree (tenant_id, customer_id, service_id);
CREATE INDEX entitlements_sub_contract_id_ref ON public.entitlements USING btree (tenant_id, sub_contract_id) WHERE (sub_contract_id IS NOT NULL);
ALTER TABLE entitlements ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON entitlements FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE files (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  storage_key text NOT NULL,
  mime text NOT NULL,
  size bigint NOT NULL,
  sha256 bytea NOT NULL,
  original_name text NOT NULL,
  owner_kind text NOT NULL,
  owner_id bigint,
  scan_state text NOT NULL,
  delete_after timestamp with time zone,
  content bytea,
  CONSTRAINT files_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT files_scan_state_known CHECK ((scan_state = ANY (ARRAY['SKIPPED'::text, 'CLEAN'::text, 'INFECTED'::text])))
);
CREATE INDEX files_deletion ON public.files USING btree (tenant_id, delete_after) WHERE (delete_after IS NOT NULL);
CREATE INDEX files_owner ON public.files USING btree (tenant_id, owner_kind, owner_id);
CREATE UNIQUE INDEX files_storage_key_unique ON public.files USING btree (tenant_id, storage_key);
ALTER TABLE files ENABLE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON files FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON files FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE flat_fees (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  term_id bigint NOT NULL,
  identifier text NOT NULL,
  name text NOT NULL,
  payment_frequency_id bigint NOT NULL,
  first_booking_delay_value integer,
  first_booking_delay_unit text,
  starter_package boolean DEFAULT false NOT NULL,
  suspend_in_idle boolean DEFAULT false NOT NULL,
  tax_code text,
  CONSTRAINT flat_fees_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT flat_fees_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT flat_fees_term_id_fk FOREIGN KEY (tenant_id, term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT flat_fees_first_booking_delay_unit_known CHECK ((first_booking_delay_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT flat_fees_first_booking_delay_whole CHECK (((num_nonnulls(first_booking_delay_value, first_booking_delay_unit) = ANY (ARRAY[0, 2])) AND (first_booking_delay_value >= 0)))
);
CREATE UNIQUE INDEX flat_fees_identifier ON public.flat_fees USING btree (tenant_id, term_id, identifier);
CREATE UNIQUE INDEX flat_fees_one_starter_package ON public.flat_fees USING btree (tenant_id, term_id) WHERE starter_package;
ALTER TABLE flat_fees ENABLE ROW LEVEL SECURITY;
ALTER TABLE flat_fees FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON flat_fees FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER flat_fees_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.flat_fees FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE idempotency_records (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  caller bigint NOT NULL,
  operation text NOT NULL,
  idem_key text NOT NULL,
  fingerprint bytea NOT NULL,
  status integer NOT NULL,
  headers jsonb NOT NULL,
  body bytea,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  customer_id bigint,
  CONSTRAINT idempotency_records_pk PRIMARY KEY (tenant_id, caller, operation, idem_key)
);
CREATE INDEX idempotency_records_customer ON public.idempotency_records USING btree (tenant_id, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX idempotency_records_expiry ON public.idempotency_records USING btree (tenant_id, expires_at);
ALTER TABLE idempotency_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_records FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON idempotency_records FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE idle_periods (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  contract_id bigint NOT NULL,
  start_date date NOT NULL,
  end_date date,
  unlimited boolean DEFAULT false NOT NULL,
  unit text,
  value integer,
  reason_id bigint,
  document_id bigint,
  state text NOT NULL,
  pending_change jsonb,
  policy_snapshot jsonb NOT NULL,
  free_days integer DEFAULT 0 NOT NULL,
  CONSTRAINT idle_periods_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT idle_periods_no_overlap EXCLUDE USING gist (int8range(tenant_id, tenant_id, '[]'::text) WITH &&, int8range(contract_id, contract_id, '[]'::text) WITH &&, daterange(start_date, end_date, '[]'::text) WITH &&) WHERE ((state = ANY (ARRAY['PENDING_VERIFICATION'::text, 'ACCEPTED'::text]))),
  CONSTRAINT idle_periods_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT idle_periods_document_id_fk FOREIGN KEY (tenant_id, document_id) REFERENCES files(tenant_id, id),
  CONSTRAINT idle_periods_reason_id_fk FOREIGN KEY (tenant_id, reason_id) REFERENCES idle_reasons(tenant_id, id),
  CONSTRAINT idle_periods_dates_ordered CHECK ((start_date <= end_date)),
  CONSTRAINT idle_periods_end_unless_unlimited CHECK ((unlimited OR (end_date IS NOT NULL))),
  CONSTRAINT idle_periods_state_known CHECK ((state = ANY (ARRAY['PENDING_VERIFICATION'::text, 'ACCEPTED'::text, 'REJECTED'::text, 'WITHDRAWN'::text]))),
  CONSTRAINT idle_periods_unit_known CHECK ((unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text])))
);
CREATE INDEX idle_periods_contract ON public.idle_periods USING btree (tenant_id, contract_id, start_date);
CREATE INDEX idle_periods_document_id_ref ON public.idle_periods USING btree (tenant_id, document_id) WHERE (document_id IS NOT NULL);
ALTER TABLE idle_periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE idle_periods FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON idle_periods FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER idle_periods_view_delete AFTER DELETE ON public.idle_periods REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER idle_periods_view_insert AFTER INSERT ON public.idle_periods REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER idle_periods_view_update AFTER UPDATE ON public.idle_periods REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

CREATE TABLE idle_policies (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  enabled boolean NOT NULL,
  temporal_unit text NOT NULL,
  max_terms integer NOT NULL,
  limit_window text DEFAULT 'CONTRACT_YEAR'::text NOT NULL,
  free_terms integer DEFAULT 0 NOT NULL,
  lead_days integer DEFAULT 0 NOT NULL,
  next_start_only boolean DEFAULT false NOT NULL,
  start_alignment text DEFAULT 'CALENDAR'::text NOT NULL,
  fee_type text NOT NULL,
  amount numeric(19,4),
  amount_per_unit numeric(19,4),
  percentage numeric(7,4),
  recurring_charges boolean DEFAULT false NOT NULL,
  access_refusal boolean DEFAULT false NOT NULL,
  extends_contract boolean DEFAULT true NOT NULL,
  unlimited_allowed boolean DEFAULT false NOT NULL,
  day_shortening boolean DEFAULT false NOT NULL,
  suspends_modules boolean DEFAULT true NOT NULL,
  CONSTRAINT idle_policies_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT idle_policies_fee_type_known CHECK ((fee_type = ANY (ARRAY['NONE'::text, 'ABSOLUTE'::text, 'RELATIVE'::text, 'TERM_BASED'::text]))),
  CONSTRAINT idle_policies_free_terms_counted CHECK ((free_terms >= 0)),
  CONSTRAINT idle_policies_limit_window_known CHECK ((limit_window = ANY (ARRAY['CONTRACT'::text, 'CONTRACT_YEAR'::text, 'CALENDAR_YEAR'::text]))),
  CONSTRAINT idle_policies_max_terms_positive CHECK ((max_terms >= 1)),
  CONSTRAINT idle_policies_start_alignment_known CHECK ((start_alignment = ANY (ARRAY['CALENDAR'::text, 'BILLING_PERIOD'::text]))),
  CONSTRAINT idle_policies_temporal_unit_known CHECK ((temporal_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text]))),
  CONSTRAINT idle_policies_unlimited_has_fee CHECK (((NOT unlimited_allowed) OR recurring_charges OR (fee_type = ANY (ARRAY['NONE'::text, 'ABSOLUTE'::text]))))
);
ALTER TABLE idle_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE idle_policies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON idle_policies FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE idle_reasons (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  document_required boolean DEFAULT false NOT NULL,
  "position" integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT idle_reasons_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT idle_reasons_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE INDEX idle_reasons_studio ON public.idle_reasons USING btree (tenant_id, studio_id, "position");
ALTER TABLE idle_reasons ENABLE ROW LEVEL SECURITY;
ALTER TABLE idle_reasons FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON idle_reasons FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER idle_reasons_view_update AFTER UPDATE ON public.idle_reasons REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_reason_changed();

CREATE TABLE integrations (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  contact_email text,
  requested_scopes text[] NOT NULL,
  webhook_access boolean NOT NULL,
  rate_limit_default integer,
  rate_limit_overrides jsonb DEFAULT '{}'::jsonb NOT NULL,
  date_time_form text DEFAULT 'CONTRACT'::text NOT NULL,
  preview_shape text DEFAULT 'CONTRACT'::text NOT NULL,
  retry_policy text DEFAULT 'standard'::text NOT NULL,
  signing_secret_enc bytea,
  previous_signing_secret_enc bytea,
  signing_secret_rotated_at timestamp with time zone,
  absent_values text DEFAULT 'OMIT'::text NOT NULL,
  CONSTRAINT integrations_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT integrations_absent_values_known CHECK ((absent_values = ANY (ARRAY['OMIT'::text, 'NULL'::text]))),
  CONSTRAINT integrations_date_time_form_known CHECK ((date_time_form = ANY (ARRAY['CONTRACT'::text, 'RFC3339'::text]))),
  CONSTRAINT integrations_preview_shape_known CHECK ((preview_shape = ANY (ARRAY['CONTRACT'::text, 'NUMBERS'::text]))),
  CONSTRAINT integrations_retry_policy_known CHECK ((retry_policy = ANY (ARRAY['standard'::text, 'none'::text, 'exponential'::text])))
);
ALTER TABLE integrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE integrations FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON integrations FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON integrations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE job_runs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  job text NOT NULL,
  studio_id bigint,
  run_key text NOT NULL,
  state text NOT NULL,
  done integer DEFAULT 0 NOT NULL,
  total integer,
  result jsonb,
  error text,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  CONSTRAINT job_runs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT job_runs_run_key_unique UNIQUE NULLS NOT DISTINCT (tenant_id, job, studio_id, run_key),
  CONSTRAINT job_runs_state_known CHECK ((state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text])))
);
CREATE INDEX job_runs_unfinished ON public.job_runs USING btree (tenant_id, id) WHERE (state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));
ALTER TABLE job_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON job_runs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE journal_entries (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  entity_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  booking_date date NOT NULL,
  kind text NOT NULL,
  description text NOT NULL,
  idempotency_key text NOT NULL,
  reverses_entry_id bigint,
  actor text NOT NULL,
  CONSTRAINT journal_entries_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT journal_entries_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT journal_entries_reverses_entry_id_fk FOREIGN KEY (tenant_id, reverses_entry_id) REFERENCES journal_entries(tenant_id, id),
  CONSTRAINT journal_entries_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT journal_entries_kind_known CHECK ((kind = ANY (ARRAY['CHARGE'::text, 'CREDIT_NOTE'::text, 'PAYMENT'::text, 'RETURN'::text, 'CHARGEBACK'::text, 'PAYMENT_CORRECTION'::text, 'REFUND'::text, 'WRITE_OFF'::text, 'VOUCHER'::text, 'TOP_UP'::text, 'SPEND'::text, 'PAY_OUT'::text, 'CREDIT_CORRECTION'::text, 'INSTALLMENT_PLAN'::text, 'WRITE_OFF_RECOVERY'::text, 'ASSIGN_TO_AGENCY'::text, 'AGENCY_SETTLEMENT'::text, 'BANK_COST'::text])))
);
CREATE INDEX journal_entries_day ON public.journal_entries USING btree (tenant_id, studio_id, booking_date, id);
CREATE UNIQUE INDEX journal_entries_key_unique ON public.journal_entries USING btree (tenant_id, entity_id, idempotency_key);
CREATE UNIQUE INDEX journal_entries_reversed_once ON public.journal_entries USING btree (tenant_id, reverses_entry_id);
ALTER TABLE journal_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON journal_entries FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER journal_entries_append_only BEFORE DELETE OR UPDATE ON public.journal_entries FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
CREATE CONSTRAINT TRIGGER journal_entries_balanced AFTER INSERT ON public.journal_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();
CREATE TRIGGER journal_entries_day_open BEFORE INSERT ON public.journal_entries FOR EACH ROW EXECUTE FUNCTION palestra_guard_entry_day();
CREATE TRIGGER journal_entries_no_truncate BEFORE TRUNCATE ON public.journal_entries FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

CREATE TABLE key_reveals (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  activation_id bigint NOT NULL,
  key_id bigint NOT NULL,
  token_hash bytea NOT NULL,
  key_enc bytea,
  expires_at timestamp with time zone NOT NULL,
  revealed_at timestamp with time zone,
  CONSTRAINT key_reveals_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT key_reveals_activation_id_fk FOREIGN KEY (tenant_id, activation_id) REFERENCES activations(tenant_id, id),
  CONSTRAINT key_reveals_key_id_fk FOREIGN KEY (tenant_id, key_id) REFERENCES api_keys(tenant_id, id),
  CONSTRAINT key_reveals_shown_once CHECK (((revealed_at IS NULL) OR (key_enc IS NULL)))
);
CREATE INDEX key_reveals_expiry ON public.key_reveals USING btree (tenant_id, expires_at);
CREATE INDEX key_reveals_key ON public.key_reveals USING btree (tenant_id, key_id);
CREATE UNIQUE INDEX key_reveals_token_hash_unique ON public.key_reveals USING btree (token_hash);
ALTER TABLE key_reveals ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_reveals FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON key_reveals FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON key_reveals FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE lead_config_fields (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  config_id bigint NOT NULL,
  additional_field_id bigint NOT NULL,
  mode text NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT lead_config_fields_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT lead_config_fields_additional_field_id_fk FOREIGN KEY (tenant_id, additional_field_id) REFERENCES additional_information_fields(tenant_id, id),
  CONSTRAINT lead_config_fields_config_id_fk FOREIGN KEY (tenant_id, config_id) REFERENCES lead_configs(tenant_id, id),
  CONSTRAINT lead_config_fields_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT lead_config_fields_mode_known CHECK ((mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text])))
);
CREATE UNIQUE INDEX lead_config_fields_once ON public.lead_config_fields USING btree (tenant_id, config_id, additional_field_id);
ALTER TABLE lead_config_fields ENABLE ROW LEVEL SECURITY;
ALTER TABLE lead_config_fields FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON lead_config_fields FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE lead_configs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  address_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  date_of_birth_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  gender_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  telephone_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  CONSTRAINT lead_configs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT lead_configs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT lead_configs_address_mode_known CHECK ((address_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT lead_configs_date_of_birth_mode_known CHECK ((date_of_birth_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT lead_configs_gender_mode_known CHECK ((gender_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT lead_configs_telephone_mode_known CHECK ((telephone_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text])))
);
CREATE UNIQUE INDEX lead_configs_one_per_studio ON public.lead_configs USING btree (tenant_id, studio_id);
ALTER TABLE lead_configs ENABLE ROW LEVEL SECURITY;
ALTER TABLE lead_configs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON lead_configs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE leads (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  source text NOT NULL,
  trial_offer_config_id bigint,
  campaign_external_id text,
  campaign_id bigint,
  notes text,
  status text DEFAULT 'OPEN'::text NOT NULL,
  converted_contract_id bigint,
  CONSTRAINT leads_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT leads_campaign_id_fk FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns(tenant_id, id),
  CONSTRAINT leads_converted_contract_id_fk FOREIGN KEY (tenant_id, converted_contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT leads_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT leads_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT leads_trial_offer_config_id_fk FOREIGN KEY (tenant_id, trial_offer_config_id) REFERENCES trial_offer_configs(tenant_id, id),
  CONSTRAINT leads_contract_converted CHECK (((converted_contract_id IS NULL) OR (status = 'CONVERTED'::text))),
  CONSTRAINT leads_source_known CHECK ((source = ANY (ARRAY['API_LEAD'::text, 'TRIAL_OFFER'::text, 'STAFF'::text, 'CONNECT'::text]))),
  CONSTRAINT leads_status_known CHECK ((status = ANY (ARRAY['OPEN'::text, 'CONVERTED'::text, 'LOST'::text]))),
  CONSTRAINT leads_trial_named CHECK (((source = 'TRIAL_OFFER'::text) = (trial_offer_config_id IS NOT NULL)))
);
CREATE INDEX leads_converted_contract_id_ref ON public.leads USING btree (tenant_id, converted_contract_id) WHERE (converted_contract_id IS NOT NULL);
CREATE INDEX leads_customer ON public.leads USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX leads_one_open_per_customer ON public.leads USING btree (tenant_id, customer_id) WHERE (status = 'OPEN'::text);
CREATE INDEX leads_studio ON public.leads USING btree (tenant_id, studio_id, status, id);
ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE leads FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON leads FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE ledger_accounts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  entity_id bigint NOT NULL,
  role text NOT NULL,
  number text NOT NULL,
  tax_code_id bigint,
  CONSTRAINT ledger_accounts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT ledger_accounts_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT ledger_accounts_tax_code_id_fk FOREIGN KEY (tenant_id, tax_code_id) REFERENCES tax_codes(tenant_id, id),
  CONSTRAINT ledger_accounts_number_form CHECK ((number ~ '^[0-9A-Za-z.-]{1,20}$'::text)),
  CONSTRAINT ledger_accounts_role_known CHECK ((role = ANY (ARRAY['RECEIVABLE'::text, 'RECEIVABLE_AGENCY'::text, 'CONSUMPTION_CREDIT'::text, 'VOUCHER_LIABILITY'::text, 'CASH'::text, 'BANK_TRANSIT'::text, 'PSP_CLEARING'::text, 'AGENCY_CLEARING'::text, 'REVENUE'::text, 'TAX_OUTPUT'::text, 'DUNNING_INCOME'::text, 'FEE_INCOME'::text, 'BAD_DEBT'::text, 'BANK_FEES'::text])))
);
CREATE UNIQUE INDEX ledger_accounts_role_unique ON public.ledger_accounts USING btree (tenant_id, entity_id, role, COALESCE(tax_code_id, (0)::bigint));
CREATE INDEX ledger_accounts_tax_code ON public.ledger_accounts USING btree (tenant_id, tax_code_id);
ALTER TABLE ledger_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ledger_accounts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE legal_entities (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  country_code character(2) NOT NULL,
  currency character(3) NOT NULL,
  is_default boolean DEFAULT false NOT NULL,
  fiscal_year_start integer DEFAULT 1 NOT NULL,
  overdraft_limit numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  legal_form text,
  vat_number text,
  deducts_input_tax boolean DEFAULT false NOT NULL,
  account_holder text,
  iban text,
  bic text,
  bank_name text,
  datev_consultant text,
  datev_client text,
  datev_account_length integer DEFAULT 4 NOT NULL,
  CONSTRAINT legal_entities_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT legal_entities_datev_account_length CHECK (((datev_account_length >= 4) AND (datev_account_length <= 8))),
  CONSTRAINT legal_entities_datev_client_form CHECK ((datev_client ~ '^[1-9][0-9]{0,4}$'::text)),
  CONSTRAINT legal_entities_datev_consultant_form CHECK ((datev_consultant ~ '^[1-9][0-9]{3,6}$'::text)),
  CONSTRAINT legal_entities_fiscal_year_month CHECK (((fiscal_year_start >= 1) AND (fiscal_year_start <= 12))),
  CONSTRAINT legal_entities_overdraft_positive CHECK ((overdraft_limit >= (0)::numeric))
);
CREATE UNIQUE INDEX legal_entities_one_default ON public.legal_entities USING btree (tenant_id, currency) WHERE is_default;
ALTER TABLE legal_entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE legal_entities FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON legal_entities FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_offer_modules (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  offer_id bigint NOT NULL,
  term_id bigint,
  kind text NOT NULL,
  module_id bigint NOT NULL,
  payment_frequency_id bigint,
  text_block_id bigint,
  "position" integer NOT NULL,
  CONSTRAINT membership_offer_modules_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_offer_modules_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES modules(tenant_id, id),
  CONSTRAINT membership_offer_modules_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT membership_offer_modules_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT membership_offer_modules_term_id_fk FOREIGN KEY (tenant_id, term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT membership_offer_modules_text_block_id_fk FOREIGN KEY (tenant_id, text_block_id) REFERENCES text_blocks(tenant_id, id),
  CONSTRAINT membership_offer_modules_kind_known CHECK ((kind = ANY (ARRAY['INCLUDED'::text, 'SELECTABLE'::text, 'OPTIONAL'::text]))),
  CONSTRAINT membership_offer_modules_paid CHECK (((kind = 'OPTIONAL'::text) = (payment_frequency_id IS NOT NULL))),
  CONSTRAINT membership_offer_modules_term CHECK (((kind = 'OPTIONAL'::text) = (term_id IS NOT NULL)))
);
CREATE INDEX membership_offer_modules_offer ON public.membership_offer_modules USING btree (tenant_id, offer_id, "position");
ALTER TABLE membership_offer_modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_offer_modules FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_offer_modules FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER membership_offer_modules_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.membership_offer_modules FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE membership_offer_terms (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  offer_id bigint NOT NULL,
  "position" integer NOT NULL,
  term_value integer NOT NULL,
  term_unit text NOT NULL,
  payment_frequency_id bigint NOT NULL,
  extension_type text NOT NULL,
  extension_term_value integer,
  extension_term_unit text,
  extension_fixed_term_value integer,
  extension_fixed_term_unit text,
  subsequent_term_id bigint,
  price_after_extension numeric(19,4),
  cancelation_strategy text DEFAULT 'TERM'::text NOT NULL,
  cancelation_period_value integer,
  cancelation_period_unit text,
  extension_cancelation_period_value integer,
  extension_cancelation_period_unit text,
  start_rule text DEFAULT 'TODAY'::text NOT NULL,
  start_days integer,
  start_date date,
  start_of_use_rule text DEFAULT 'SAME_AS_START'::text NOT NULL,
  start_of_use_date date,
  due_on_signing text[] DEFAULT '{}'::text[] NOT NULL,
  age_evaluation text DEFAULT 'PERIOD_START'::text NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT membership_offer_terms_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_offer_terms_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT membership_offer_terms_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT membership_offer_terms_subsequent_term_id_fk FOREIGN KEY (tenant_id, subsequent_term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT membership_offer_terms_age_evaluation_known CHECK ((age_evaluation = ANY (ARRAY['PERIOD_START'::text, 'CONTRACT_START'::text]))),
  CONSTRAINT membership_offer_terms_cancelation_period_unit_known CHECK ((cancelation_period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_offer_terms_cancelation_period_whole CHECK (((num_nonnulls(cancelation_period_value, cancelation_period_unit) = ANY (ARRAY[0, 2])) AND (cancelation_period_value >= 0))),
  CONSTRAINT membership_offer_terms_cancelation_strategy_known CHECK ((cancelation_strategy = ANY (ARRAY['TERM'::text, 'RECEIPT_DATE'::text]))),
  CONSTRAINT membership_offer_terms_extended CHECK (((extension_type = 'TERM_EXTENSION'::text) = (num_nonnulls(extension_term_value, extension_fixed_term_value) > 0))),
  CONSTRAINT membership_offer_terms_extension_cancelation_period_unit_known CHECK ((extension_cancelation_period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_offer_terms_extension_cancelation_period_whole CHECK (((num_nonnulls(extension_cancelation_period_value, extension_cancelation_period_unit) = ANY (ARRAY[0, 2])) AND (extension_cancelation_period_value >= 0))),
  CONSTRAINT membership_offer_terms_extension_fixed_term_unit_known CHECK ((extension_fixed_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_offer_terms_extension_fixed_term_whole CHECK (((num_nonnulls(extension_fixed_term_value, extension_fixed_term_unit) = ANY (ARRAY[0, 2])) AND (extension_fixed_term_value >= 0))),
  CONSTRAINT membership_offer_terms_extension_term_unit_known CHECK ((extension_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_offer_terms_extension_term_whole CHECK (((num_nonnulls(extension_term_value, extension_term_unit) = ANY (ARRAY[0, 2])) AND (extension_term_value >= 0))),
  CONSTRAINT membership_offer_terms_extension_type_known CHECK ((extension_type = ANY (ARRAY['NONE'::text, 'TERM_EXTENSION'::text, 'SUBSEQUENT_RATE_DETAIL'::text]))),
  CONSTRAINT membership_offer_terms_start_date CHECK (((start_rule = 'FIXED_DATE'::text) = (start_date IS NOT NULL))),
  CONSTRAINT membership_offer_terms_start_days CHECK (((start_rule = 'IN_DAYS'::text) = (start_days IS NOT NULL))),
  CONSTRAINT membership_offer_terms_start_of_use_rule_known CHECK ((start_of_use_rule = ANY (ARRAY['SAME_AS_START'::text, 'TODAY'::text, 'FIXED_DATE'::text]))),
  CONSTRAINT membership_offer_terms_start_rule_known CHECK ((start_rule = ANY (ARRAY['TODAY'::text, 'FIRST_OF_NEXT_MONTH'::text, 'FIXED_DATE'::text, 'IN_DAYS'::text]))),
  CONSTRAINT membership_offer_terms_subsequent CHECK (((extension_type = 'SUBSEQUENT_RATE_DETAIL'::text) = (subsequent_term_id IS NOT NULL))),
  CONSTRAINT membership_offer_terms_term_positive CHECK ((term_value > 0)),
  CONSTRAINT membership_offer_terms_term_unit_known CHECK ((term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_offer_terms_term_whole CHECK (((num_nonnulls(term_value, term_unit) = ANY (ARRAY[0, 2])) AND (term_value >= 0))),
  CONSTRAINT membership_offer_terms_use_date CHECK (((start_of_use_rule = 'FIXED_DATE'::text) = (start_of_use_date IS NOT NULL)))
);
CREATE INDEX membership_offer_terms_offer ON public.membership_offer_terms USING btree (tenant_id, offer_id, "position");
ALTER TABLE membership_offer_terms ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_offer_terms FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_offer_terms FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER membership_offer_terms_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.membership_offer_terms FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE membership_offers (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  rate_id bigint NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  sub_description text,
  footnote text,
  image_key bigint,
  pre_use_type text DEFAULT 'NOT_AVAILABLE'::text NOT NULL,
  limited_from date,
  limited_to date,
  signatures_required boolean DEFAULT false NOT NULL,
  max_selectable integer DEFAULT 0 NOT NULL,
  opening_hour_category_id bigint,
  min_age integer,
  max_age integer,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT membership_offers_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_offers_image_key_fk FOREIGN KEY (tenant_id, image_key) REFERENCES files(tenant_id, id),
  CONSTRAINT membership_offers_opening_hour_category_id_fk FOREIGN KEY (tenant_id, opening_hour_category_id) REFERENCES opening_hour_categories(tenant_id, id),
  CONSTRAINT membership_offers_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id),
  CONSTRAINT membership_offers_ages_ordered CHECK ((min_age <= max_age)),
  CONSTRAINT membership_offers_limit_ordered CHECK ((limited_from <= limited_to)),
  CONSTRAINT membership_offers_limit_whole CHECK ((num_nonnulls(limited_from, limited_to) = ANY (ARRAY[0, 2]))),
  CONSTRAINT membership_offers_pre_use_type_known CHECK ((pre_use_type = ANY (ARRAY['NOT_AVAILABLE'::text, 'CHARGEABLE'::text, 'FREE'::text]))),
  CONSTRAINT membership_offers_selectable_counted CHECK ((max_selectable >= 0))
);
ALTER TABLE membership_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_offers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER membership_offers_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.membership_offers FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE membership_switch_configs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  banner_text text,
  image_key bigint,
  start_rule text DEFAULT 'ANY_DAY'::text NOT NULL,
  term_handling text DEFAULT 'RESTART'::text NOT NULL,
  charge_starter_package boolean DEFAULT false NOT NULL,
  carry_additional_modules boolean DEFAULT false NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT membership_switch_configs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_switch_configs_image_key_fk FOREIGN KEY (tenant_id, image_key) REFERENCES files(tenant_id, id),
  CONSTRAINT membership_switch_configs_start_rule_known CHECK ((start_rule = ANY (ARRAY['ANY_DAY'::text, 'NEXT_BILLING_PERIOD'::text, 'NEXT_TERM'::text]))),
  CONSTRAINT membership_switch_configs_term_handling_known CHECK ((term_handling = ANY (ARRAY['RESTART'::text, 'KEEP_MIN_END'::text])))
);
ALTER TABLE membership_switch_configs ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_switch_configs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_switch_configs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_switch_destinations (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  config_id bigint NOT NULL,
  offer_id bigint NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT membership_switch_destinations_pk PRIMARY KEY (tenant_id, config_id, offer_id),
  CONSTRAINT membership_switch_destinations_config_id_fk FOREIGN KEY (tenant_id, config_id) REFERENCES membership_switch_configs(tenant_id, id),
  CONSTRAINT membership_switch_destinations_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id)
);
ALTER TABLE membership_switch_destinations ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_switch_destinations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_switch_destinations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_switch_sources (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  config_id bigint NOT NULL,
  rate_id bigint NOT NULL,
  CONSTRAINT membership_switch_sources_pk PRIMARY KEY (tenant_id, config_id, rate_id),
  CONSTRAINT membership_switch_sources_config_id_fk FOREIGN KEY (tenant_id, config_id) REFERENCES membership_switch_configs(tenant_id, id),
  CONSTRAINT membership_switch_sources_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id)
);
ALTER TABLE membership_switch_sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_switch_sources FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_switch_sources FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_switch_studios (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  config_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  CONSTRAINT membership_switch_studios_pk PRIMARY KEY (tenant_id, config_id, studio_id),
  CONSTRAINT membership_switch_studios_config_id_fk FOREIGN KEY (tenant_id, config_id) REFERENCES membership_switch_configs(tenant_id, id),
  CONSTRAINT membership_switch_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE INDEX membership_switch_studios_studio ON public.membership_switch_studios USING btree (tenant_id, studio_id);
ALTER TABLE membership_switch_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_switch_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_switch_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_voucher_codes (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  voucher_id bigint NOT NULL,
  code text NOT NULL,
  max_redemptions integer DEFAULT 1 NOT NULL,
  redeemed integer DEFAULT 0 NOT NULL,
  CONSTRAINT membership_voucher_codes_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_voucher_codes_voucher_id_fk FOREIGN KEY (tenant_id, voucher_id) REFERENCES membership_vouchers(tenant_id, id),
  CONSTRAINT membership_voucher_codes_counted CHECK (((0 <= redeemed) AND (redeemed <= max_redemptions)))
);
CREATE UNIQUE INDEX membership_voucher_codes_unique ON public.membership_voucher_codes USING btree (tenant_id, upper(code));
ALTER TABLE membership_voucher_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_voucher_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_voucher_codes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_voucher_offers (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  voucher_id bigint NOT NULL,
  offer_id bigint NOT NULL,
  CONSTRAINT membership_voucher_offers_pk PRIMARY KEY (tenant_id, voucher_id, offer_id),
  CONSTRAINT membership_voucher_offers_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT membership_voucher_offers_voucher_id_fk FOREIGN KEY (tenant_id, voucher_id) REFERENCES membership_vouchers(tenant_id, id)
);
ALTER TABLE membership_voucher_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_voucher_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_voucher_offers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_voucher_redemptions (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  code_id bigint NOT NULL,
  contract_id bigint NOT NULL,
  redeemed_at timestamp with time zone NOT NULL,
  CONSTRAINT membership_voucher_redemptions_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_voucher_redemptions_code_id_fk FOREIGN KEY (tenant_id, code_id) REFERENCES membership_voucher_codes(tenant_id, id),
  CONSTRAINT membership_voucher_redemptions_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id)
);
CREATE INDEX membership_voucher_redemptions_code_id_ref ON public.membership_voucher_redemptions USING btree (tenant_id, code_id);
CREATE UNIQUE INDEX membership_voucher_redemptions_contract ON public.membership_voucher_redemptions USING btree (tenant_id, contract_id);
ALTER TABLE membership_voucher_redemptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_voucher_redemptions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_voucher_redemptions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_voucher_studios (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  voucher_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  CONSTRAINT membership_voucher_studios_pk PRIMARY KEY (tenant_id, voucher_id, studio_id),
  CONSTRAINT membership_voucher_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT membership_voucher_studios_voucher_id_fk FOREIGN KEY (tenant_id, voucher_id) REFERENCES membership_vouchers(tenant_id, id)
);
ALTER TABLE membership_voucher_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_voucher_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_voucher_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE membership_vouchers (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  type text NOT NULL,
  remarks text,
  valid_from date,
  valid_to date,
  max_redemptions integer,
  redeemed integer DEFAULT 0 NOT NULL,
  new_customers_only boolean DEFAULT false NOT NULL,
  credit_value numeric(19,4),
  company_id bigint,
  company_split_type text,
  company_split_percentage numeric(7,4),
  company_split_amount numeric(19,4),
  applies_rate boolean DEFAULT true NOT NULL,
  applies_preuse boolean DEFAULT false NOT NULL,
  applies_modules boolean DEFAULT false NOT NULL,
  omit_starter_package boolean DEFAULT false NOT NULL,
  flat_fee_identifiers text[] DEFAULT '{}'::text[] NOT NULL,
  bonus_value integer,
  bonus_unit text,
  bonus_strategy text,
  bonus_fixed_date date,
  bonus_runtime_extension_type text,
  bonus_extends_cancelation_period boolean DEFAULT true NOT NULL,
  CONSTRAINT membership_vouchers_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT membership_vouchers_company_id_fk FOREIGN KEY (tenant_id, company_id) REFERENCES companies(tenant_id, id),
  CONSTRAINT membership_vouchers_bonus_complete CHECK ((num_nonnulls(bonus_value, bonus_strategy, bonus_runtime_extension_type) = ANY (ARRAY[0, 3]))),
  CONSTRAINT membership_vouchers_bonus_runtime_extension_type_known CHECK ((bonus_runtime_extension_type = ANY (ARRAY['WITH_EXTENSION'::text, 'WITHOUT_EXTENSION'::text]))),
  CONSTRAINT membership_vouchers_bonus_strategy_known CHECK ((bonus_strategy = ANY (ARRAY['CONTRACT_START'::text, 'FIXED'::text, 'END_OF_CURRENT_TERM'::text, 'START_OF_NEXT_TERM'::text]))),
  CONSTRAINT membership_vouchers_bonus_unit_known CHECK ((bonus_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT membership_vouchers_bonus_whole CHECK (((num_nonnulls(bonus_value, bonus_unit) = ANY (ARRAY[0, 2])) AND (bonus_value >= 0))),
  CONSTRAINT membership_vouchers_company_given CHECK (((type = 'COMPANY_FEE_SPLIT'::text) = (num_nonnulls(company_id, company_split_type) = 2))),
  CONSTRAINT membership_vouchers_company_split_type_known CHECK ((company_split_type = ANY (ARRAY['PERCENTAGE'::text, 'ABSOLUTE'::text]))),
  CONSTRAINT membership_vouchers_credit_given CHECK (((type = 'CREDIT'::text) = (credit_value IS NOT NULL))),
  CONSTRAINT membership_vouchers_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT membership_vouchers_redeemed_counted CHECK (((0 <= redeemed) AND (redeemed <= max_redemptions))),
  CONSTRAINT membership_vouchers_type_known CHECK ((type = ANY (ARRAY['DISCOUNT'::text, 'CREDIT'::text, 'COMPANY_FEE_SPLIT'::text, 'CONTRACT'::text])))
);
ALTER TABLE membership_vouchers ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_vouchers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON membership_vouchers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE module_payment_frequencies (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  module_id bigint NOT NULL,
  payment_frequency_id bigint NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT module_payment_frequencies_pk PRIMARY KEY (tenant_id, module_id, payment_frequency_id),
  CONSTRAINT module_payment_frequencies_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES modules(tenant_id, id),
  CONSTRAINT module_payment_frequencies_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id)
);
ALTER TABLE module_payment_frequencies ENABLE ROW LEVEL SECURITY;
ALTER TABLE module_payment_frequencies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON module_payment_frequencies FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE module_rate_restrictions (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  module_id bigint NOT NULL,
  rate_id bigint NOT NULL,
  CONSTRAINT module_rate_restrictions_pk PRIMARY KEY (tenant_id, module_id, rate_id),
  CONSTRAINT module_rate_restrictions_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES modules(tenant_id, id),
  CONSTRAINT module_rate_restrictions_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id)
);
ALTER TABLE module_rate_restrictions ENABLE ROW LEVEL SECURITY;
ALTER TABLE module_rate_restrictions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON module_rate_restrictions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE module_services (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  module_id bigint NOT NULL,
  service_id bigint NOT NULL,
  quantity integer,
  period_value integer,
  period_unit text,
  cross_studio boolean DEFAULT false NOT NULL,
  CONSTRAINT module_services_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT module_services_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES modules(tenant_id, id),
  CONSTRAINT module_services_service_id_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(tenant_id, id),
  CONSTRAINT module_services_period_unit_known CHECK ((period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT module_services_period_whole CHECK (((num_nonnulls(period_value, period_unit) = ANY (ARRAY[0, 2])) AND (period_value >= 0)))
);
CREATE UNIQUE INDEX module_services_once ON public.module_services USING btree (tenant_id, module_id, service_id);
ALTER TABLE module_services ENABLE ROW LEVEL SECURITY;
ALTER TABLE module_services FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON module_services FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE modules (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint,
  name text NOT NULL,
  description text,
  image_key bigint,
  term_value integer,
  term_unit text,
  extension_type text NOT NULL,
  extension_term_value integer,
  extension_term_unit text,
  cancelation_period_value integer,
  cancelation_period_unit text,
  extension_cancelation_period_value integer,
  extension_cancelation_period_unit text,
  trial_term_value integer,
  trial_term_unit text,
  trial_description text,
  start_rule text DEFAULT 'IMMEDIATE'::text NOT NULL,
  billing_alignment text DEFAULT 'OWN'::text NOT NULL,
  online_bookable boolean DEFAULT false NOT NULL,
  multiple_allowed boolean DEFAULT false NOT NULL,
  active boolean DEFAULT true NOT NULL,
  tax_code text,
  CONSTRAINT modules_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT modules_image_key_fk FOREIGN KEY (tenant_id, image_key) REFERENCES files(tenant_id, id),
  CONSTRAINT modules_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT modules_billing_alignment_known CHECK ((billing_alignment = ANY (ARRAY['OWN'::text, 'MAIN_CONTRACT'::text]))),
  CONSTRAINT modules_cancelation_period_unit_known CHECK ((cancelation_period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT modules_cancelation_period_whole CHECK (((num_nonnulls(cancelation_period_value, cancelation_period_unit) = ANY (ARRAY[0, 2])) AND (cancelation_period_value >= 0))),
  CONSTRAINT modules_extension_cancelation_period_unit_known CHECK ((extension_cancelation_period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT modules_extension_cancelation_period_whole CHECK (((num_nonnulls(extension_cancelation_period_value, extension_cancelation_period_unit) = ANY (ARRAY[0, 2])) AND (extension_cancelation_period_value >= 0))),
  CONSTRAINT modules_extension_term_unit_known CHECK ((extension_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT modules_extension_term_whole CHECK (((num_nonnulls(extension_term_value, extension_term_unit) = ANY (ARRAY[0, 2])) AND (extension_term_value >= 0))),
  CONSTRAINT modules_extension_type_known CHECK ((extension_type = ANY (ARRAY['NONE'::text, 'TERM_EXTENSION'::text, 'NEW'::text]))),
  CONSTRAINT modules_start_rule_known CHECK ((start_rule = ANY (ARRAY['IMMEDIATE'::text, 'NEXT_MAIN_PERIOD'::text]))),
  CONSTRAINT modules_term_unit_known CHECK ((term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT modules_term_whole CHECK (((num_nonnulls(term_value, term_unit) = ANY (ARRAY[0, 2])) AND (term_value >= 0))),
  CONSTRAINT modules_trial_term_unit_known CHECK ((trial_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT modules_trial_term_whole CHECK (((num_nonnulls(trial_term_value, trial_term_unit) = ANY (ARRAY[0, 2])) AND (trial_term_value >= 0)))
);
ALTER TABLE modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE modules FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON modules FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER modules_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.modules FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE offer_payment_choices (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  offer_id bigint NOT NULL,
  choice text NOT NULL,
  CONSTRAINT offer_payment_choices_pk PRIMARY KEY (tenant_id, offer_id, choice),
  CONSTRAINT offer_payment_choices_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT offer_payment_choices_choice_known CHECK ((choice = ANY (ARRAY['CASH'::text, 'BANK_TRANSFER'::text, 'BACS'::text, 'SEPA'::text, 'CH_DD'::text, 'LSV'::text, 'CREDIT_CARD'::text, 'TWINT'::text, 'PAYPAL'::text, 'BANCONTACT'::text, 'IDEAL'::text])))
);
ALTER TABLE offer_payment_choices ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_payment_choices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON offer_payment_choices FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER offer_payment_choices_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.offer_payment_choices FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE offer_publications (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  offer_id bigint NOT NULL,
  channel text NOT NULL,
  "position" integer NOT NULL,
  CONSTRAINT offer_publications_pk PRIMARY KEY (tenant_id, studio_id, offer_id, channel),
  CONSTRAINT offer_publications_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT offer_publications_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT offer_publications_channel_known CHECK ((channel = 'OPEN_API'::text))
);
CREATE INDEX offer_publications_order ON public.offer_publications USING btree (tenant_id, studio_id, channel, "position");
ALTER TABLE offer_publications ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_publications FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON offer_publications FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER offer_publications_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.offer_publications FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE offer_specimens (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  offer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  fingerprint bytea NOT NULL,
  file_id bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT offer_specimens_pk PRIMARY KEY (tenant_id, offer_id, studio_id),
  CONSTRAINT offer_specimens_file_id_fk FOREIGN KEY (tenant_id, file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT offer_specimens_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT offer_specimens_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
ALTER TABLE offer_specimens ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_specimens FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON offer_specimens FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE offer_text_blocks (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  offer_id bigint NOT NULL,
  text_block_id bigint NOT NULL,
  sort integer NOT NULL,
  only_with_voucher boolean DEFAULT false NOT NULL,
  CONSTRAINT offer_text_blocks_pk PRIMARY KEY (tenant_id, offer_id, text_block_id),
  CONSTRAINT offer_text_blocks_offer_id_fk FOREIGN KEY (tenant_id, offer_id) REFERENCES membership_offers(tenant_id, id),
  CONSTRAINT offer_text_blocks_text_block_id_fk FOREIGN KEY (tenant_id, text_block_id) REFERENCES text_blocks(tenant_id, id)
);
ALTER TABLE offer_text_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_text_blocks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON offer_text_blocks FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER offer_text_blocks_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.offer_text_blocks FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE online_offer_purchases (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  online_offer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  name text NOT NULL,
  price numeric(19,4) NOT NULL,
  purchased_at timestamp with time zone NOT NULL,
  purchase_date date NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  quantity integer NOT NULL,
  remaining integer NOT NULL,
  use_minutes integer,
  usable_until timestamp with time zone,
  payment_id bigint,
  CONSTRAINT online_offer_purchases_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT online_offer_purchases_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT online_offer_purchases_online_offer_id_fk FOREIGN KEY (tenant_id, online_offer_id) REFERENCES online_offers(tenant_id, id),
  CONSTRAINT online_offer_purchases_payment_id_fk FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  CONSTRAINT online_offer_purchases_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT online_offer_purchases_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT online_offer_purchases_period_timed CHECK (((usable_until IS NULL) OR (use_minutes >= 1))),
  CONSTRAINT online_offer_purchases_quantity_positive CHECK ((quantity >= 1)),
  CONSTRAINT online_offer_purchases_remaining_counted CHECK (((remaining >= 0) AND (remaining <= quantity)))
);
CREATE INDEX online_offer_purchases_customer ON public.online_offer_purchases USING btree (tenant_id, customer_id, valid_to);
CREATE INDEX online_offer_purchases_offer ON public.online_offer_purchases USING btree (tenant_id, online_offer_id);
CREATE INDEX online_offer_purchases_payment_id_ref ON public.online_offer_purchases USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL);
ALTER TABLE online_offer_purchases ENABLE ROW LEVEL SECURITY;
ALTER TABLE online_offer_purchases FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON online_offer_purchases FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE online_offers (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  description text,
  image_key bigint,
  price numeric(19,4),
  quantity integer DEFAULT 1 NOT NULL,
  period_of_use_value integer NOT NULL,
  period_of_use_unit text NOT NULL,
  redeem_within_value integer,
  redeem_within_unit text,
  sale_from date,
  sale_to date,
  per_customer_limit integer,
  required_rate_code text,
  allow_on_account boolean DEFAULT false NOT NULL,
  "position" integer NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT online_offers_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT online_offers_image_key_fk FOREIGN KEY (tenant_id, image_key) REFERENCES files(tenant_id, id),
  CONSTRAINT online_offers_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT online_offers_limit_positive CHECK ((per_customer_limit >= 1)),
  CONSTRAINT online_offers_period_of_use_unit_known CHECK ((period_of_use_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT online_offers_period_of_use_whole CHECK (((num_nonnulls(period_of_use_value, period_of_use_unit) = ANY (ARRAY[0, 2])) AND (period_of_use_value >= 0))),
  CONSTRAINT online_offers_period_positive CHECK ((period_of_use_value >= 1)),
  CONSTRAINT online_offers_price_counted CHECK ((price >= (0)::numeric)),
  CONSTRAINT online_offers_quantity_positive CHECK ((quantity >= 1)),
  CONSTRAINT online_offers_redeem_within_unit_known CHECK ((redeem_within_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT online_offers_redeem_within_whole CHECK (((num_nonnulls(redeem_within_value, redeem_within_unit) = ANY (ARRAY[0, 2])) AND (redeem_within_value >= 0))),
  CONSTRAINT online_offers_sale_ordered CHECK ((sale_from <= sale_to))
);
CREATE INDEX online_offers_studio ON public.online_offers USING btree (tenant_id, studio_id, "position", id);
ALTER TABLE online_offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE online_offers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON online_offers FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE opening_hour_categories (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  CONSTRAINT opening_hour_categories_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT opening_hour_categories_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX opening_hour_categories_name_unique ON public.opening_hour_categories USING btree (tenant_id, studio_id, name);
ALTER TABLE opening_hour_categories ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening_hour_categories FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON opening_hour_categories FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE opening_hour_category_times (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  category_id bigint NOT NULL,
  day text NOT NULL,
  time_from time without time zone NOT NULL,
  time_to time without time zone NOT NULL,
  CONSTRAINT opening_hour_category_times_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT opening_hour_category_times_category_id_fk FOREIGN KEY (tenant_id, category_id) REFERENCES opening_hour_categories(tenant_id, id),
  CONSTRAINT opening_hour_category_times_day_known CHECK ((day = ANY (ARRAY['MONDAY'::text, 'TUESDAY'::text, 'WEDNESDAY'::text, 'THURSDAY'::text, 'FRIDAY'::text, 'SATURDAY'::text, 'SUNDAY'::text])))
);
CREATE INDEX opening_hour_category_times_category ON public.opening_hour_category_times USING btree (tenant_id, category_id);
ALTER TABLE opening_hour_category_times ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening_hour_category_times FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON opening_hour_category_times FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER opening_hour_category_times_keep_owner BEFORE UPDATE ON public.opening_hour_category_times FOR EACH ROW WHEN ((old.category_id <> new.category_id)) EXECUTE FUNCTION palestra_keep_owner();
CREATE TRIGGER opening_hour_category_times_view_delete AFTER DELETE ON public.opening_hour_category_times REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
CREATE TRIGGER opening_hour_category_times_view_insert AFTER INSERT ON public.opening_hour_category_times REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
CREATE TRIGGER opening_hour_category_times_view_update AFTER UPDATE ON public.opening_hour_category_times REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();

CREATE TABLE opening_hours (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  day_from text NOT NULL,
  day_to text NOT NULL,
  time_from time without time zone NOT NULL,
  time_to time without time zone NOT NULL,
  CONSTRAINT opening_hours_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT opening_hours_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT opening_hours_day_from_known CHECK ((day_from = ANY (ARRAY['MONDAY'::text, 'TUESDAY'::text, 'WEDNESDAY'::text, 'THURSDAY'::text, 'FRIDAY'::text, 'SATURDAY'::text, 'SUNDAY'::text]))),
  CONSTRAINT opening_hours_day_to_known CHECK ((day_to = ANY (ARRAY['MONDAY'::text, 'TUESDAY'::text, 'WEDNESDAY'::text, 'THURSDAY'::text, 'FRIDAY'::text, 'SATURDAY'::text, 'SUNDAY'::text]))),
  CONSTRAINT opening_hours_kind_known CHECK ((kind = ANY (ARRAY['INTERNAL'::text, 'PUBLIC'::text])))
);
CREATE INDEX opening_hours_studio ON public.opening_hours USING btree (tenant_id, studio_id);
ALTER TABLE opening_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON opening_hours FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE outbox_events (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  uuid uuid NOT NULL,
  type text NOT NULL,
  entity_id bigint NOT NULL,
  customer_id bigint,
  audience_studio_ids bigint[] NOT NULL,
  only_integration_id bigint,
  content jsonb,
  occurred_at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  trace_id text,
  fanned_out_at timestamp with time zone,
  CONSTRAINT outbox_events_pk PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX outbox_events_uuid_unique ON public.outbox_events USING btree (tenant_id, uuid);
CREATE INDEX outbox_events_waiting ON public.outbox_events USING btree (tenant_id, id) WHERE (fanned_out_at IS NULL);
ALTER TABLE outbox_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_events FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON outbox_events FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON outbox_events FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE outgoing_mails (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  purpose text NOT NULL,
  customer_id bigint,
  entity_kind text,
  entity_id bigint,
  message_id text NOT NULL,
  content_enc bytea,
  state text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  due_at timestamp with time zone,
  handed_over boolean DEFAULT false NOT NULL,
  settled_at timestamp with time zone,
  failure text,
  CONSTRAINT outgoing_mails_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT outgoing_mails_content CHECK (((state <> ALL (ARRAY['QUEUED'::text, 'SENDING'::text])) OR (content_enc IS NOT NULL))),
  CONSTRAINT outgoing_mails_settled CHECK (((state = ANY (ARRAY['QUEUED'::text, 'SENDING'::text])) = (settled_at IS NULL))),
  CONSTRAINT outgoing_mails_state_known CHECK ((state = ANY (ARRAY['QUEUED'::text, 'SENDING'::text, 'SENT'::text, 'FAILED'::text, 'UNCERTAIN'::text])))
);
CREATE INDEX outgoing_mails_customer ON public.outgoing_mails USING btree (tenant_id, customer_id, id) WHERE (customer_id IS NOT NULL);
CREATE INDEX outgoing_mails_due ON public.outgoing_mails USING btree (tenant_id, due_at) WHERE (state = ANY (ARRAY['QUEUED'::text, 'SENDING'::text]));
CREATE INDEX outgoing_mails_entity ON public.outgoing_mails USING btree (tenant_id, entity_kind, entity_id);
ALTER TABLE outgoing_mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_mails FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON outgoing_mails FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON outgoing_mails FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE parking_lots (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  capacity integer NOT NULL,
  CONSTRAINT parking_lots_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT parking_lots_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT parking_lots_capacity_counted CHECK ((capacity >= 0))
);
CREATE UNIQUE INDEX parking_lots_name_unique ON public.parking_lots USING btree (tenant_id, studio_id, name);
ALTER TABLE parking_lots ENABLE ROW LEVEL SECURITY;
ALTER TABLE parking_lots FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON parking_lots FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE parking_stays (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  lot_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  entered_at timestamp with time zone NOT NULL,
  left_at timestamp with time zone,
  CONSTRAINT parking_stays_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT parking_stays_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT parking_stays_lot_id_fk FOREIGN KEY (tenant_id, lot_id) REFERENCES parking_lots(tenant_id, id),
  CONSTRAINT parking_stays_order CHECK ((entered_at <= left_at))
);
CREATE INDEX parking_stays_customer_id_ref ON public.parking_stays USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX parking_stays_one_open ON public.parking_stays USING btree (tenant_id, customer_id, lot_id) WHERE (left_at IS NULL);
CREATE INDEX parking_stays_open ON public.parking_stays USING btree (tenant_id, lot_id) WHERE (left_at IS NULL);
ALTER TABLE parking_stays ENABLE ROW LEVEL SECURITY;
ALTER TABLE parking_stays FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON parking_stays FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_disputes (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  provider_ref text NOT NULL,
  payment_id bigint NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  state text NOT NULL,
  CONSTRAINT payment_disputes_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_disputes_payment_id_fk FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  CONSTRAINT payment_disputes_state_known CHECK ((state = ANY (ARRAY['OPEN'::text, 'WON'::text, 'LOST'::text])))
);
CREATE INDEX payment_disputes_payment ON public.payment_disputes USING btree (tenant_id, payment_id);
CREATE UNIQUE INDEX payment_disputes_ref_unique ON public.payment_disputes USING btree (tenant_id, provider_ref);
ALTER TABLE payment_disputes ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_disputes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_disputes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_frequencies (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  type text NOT NULL,
  term_value integer,
  term_unit text,
  price numeric(19,4),
  recurring boolean DEFAULT false NOT NULL,
  paid_period_calc text DEFAULT 'REFERENCE_DATE'::text NOT NULL,
  CONSTRAINT payment_frequencies_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_frequencies_paid_period_calc_known CHECK ((paid_period_calc = ANY (ARRAY['REFERENCE_DATE'::text, 'NORMALIZATION_ON_CALENDAR_UNIT'::text]))),
  CONSTRAINT payment_frequencies_price_counted CHECK ((price >= (0)::numeric)),
  CONSTRAINT payment_frequencies_priced CHECK (((type = ANY (ARRAY['NON_RECURRING'::text, 'RECURRING'::text])) = (price IS NOT NULL))),
  CONSTRAINT payment_frequencies_step_positive CHECK ((term_value > 0)),
  CONSTRAINT payment_frequencies_stepped CHECK (((type = 'RECURRING'::text) = (term_value IS NOT NULL))),
  CONSTRAINT payment_frequencies_term_unit_known CHECK ((term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT payment_frequencies_term_whole CHECK (((num_nonnulls(term_value, term_unit) = ANY (ARRAY[0, 2])) AND (term_value >= 0))),
  CONSTRAINT payment_frequencies_type_known CHECK ((type = ANY (ARRAY['FREE'::text, 'NON_RECURRING'::text, 'RECURRING'::text, 'MONTH_DAY'::text, 'TERM_BASED'::text])))
);
ALTER TABLE payment_frequencies ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_frequencies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_frequencies FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER payment_frequencies_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.payment_frequencies FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE payment_frequency_entries (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  payment_frequency_id bigint NOT NULL,
  month integer,
  day integer,
  offset_value integer,
  offset_unit text,
  price numeric(19,4) NOT NULL,
  CONSTRAINT payment_frequency_entries_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_frequency_entries_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT payment_frequency_entries_date CHECK ((((month >= 1) AND (month <= 12)) AND ((day >= 1) AND (day <= 31)))),
  CONSTRAINT payment_frequency_entries_day_whole CHECK ((num_nonnulls(month, day) = ANY (ARRAY[0, 2]))),
  CONSTRAINT payment_frequency_entries_offset_unit_known CHECK ((offset_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT payment_frequency_entries_offset_whole CHECK (((num_nonnulls(offset_value, offset_unit) = ANY (ARRAY[0, 2])) AND (offset_value >= 0))),
  CONSTRAINT payment_frequency_entries_one_kind CHECK ((num_nonnulls(month, offset_value) = 1)),
  CONSTRAINT payment_frequency_entries_price_counted CHECK ((price >= (0)::numeric))
);
CREATE UNIQUE INDEX payment_frequency_entries_day_once ON public.payment_frequency_entries USING btree (tenant_id, payment_frequency_id, month, day);
CREATE UNIQUE INDEX payment_frequency_entries_offset_once ON public.payment_frequency_entries USING btree (tenant_id, payment_frequency_id, offset_value, offset_unit);
ALTER TABLE payment_frequency_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_frequency_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_frequency_entries FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER payment_frequency_entries_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.payment_frequency_entries FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE payment_identities (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  studio_id bigint NOT NULL,
  customer_id bigint,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT payment_identities_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_identities_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT payment_identities_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX payment_identities_customer_unique ON public.payment_identities USING btree (tenant_id, customer_id);
ALTER TABLE payment_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_identities FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_instruments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  token_sha256 bytea,
  identity uuid,
  customer_id bigint,
  entity_id bigint,
  type text NOT NULL,
  state text NOT NULL,
  is_run_default boolean DEFAULT false NOT NULL,
  usable_in_shop boolean DEFAULT false NOT NULL,
  holder text,
  account_enc bytea,
  account_hmac bytea,
  account_part_hmac bytea,
  bic text,
  bank text,
  brand text,
  last4 text,
  expiry date,
  mandate_ref text,
  signed_on date,
  signature_file_id bigint,
  first_collected_on date,
  last_collected_on date,
  provider_ref text,
  is_one_off boolean DEFAULT false NOT NULL,
  CONSTRAINT payment_instruments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_instruments_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT payment_instruments_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT payment_instruments_identity_fk FOREIGN KEY (tenant_id, identity) REFERENCES payment_identities(tenant_id, id),
  CONSTRAINT payment_instruments_signature_file_id_fk FOREIGN KEY (tenant_id, signature_file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT payment_instruments_state_known CHECK ((state = ANY (ARRAY['DRAFT'::text, 'ACTIVE'::text, 'REPLACED'::text, 'INVALID'::text, 'EXPIRED'::text]))),
  CONSTRAINT payment_instruments_type_known CHECK ((type = ANY (ARRAY['SEPA'::text, 'BACS'::text, 'ACH'::text, 'CH_DD'::text, 'LSV'::text, 'CREDIT_CARD'::text, 'PAYPAL'::text, 'TWINT'::text, 'IDEAL'::text, 'BANCONTACT'::text])))
);
CREATE INDEX payment_instruments_account ON public.payment_instruments USING btree (tenant_id, account_hmac);
CREATE INDEX payment_instruments_account_part ON public.payment_instruments USING btree (tenant_id, account_part_hmac);
CREATE INDEX payment_instruments_customer ON public.payment_instruments USING btree (tenant_id, customer_id);
CREATE INDEX payment_instruments_identity ON public.payment_instruments USING btree (tenant_id, identity);
CREATE UNIQUE INDEX payment_instruments_mandate_ref_unique ON public.payment_instruments USING btree (tenant_id, entity_id, mandate_ref);
CREATE UNIQUE INDEX payment_instruments_one_run_default ON public.payment_instruments USING btree (tenant_id, customer_id) WHERE is_run_default;
CREATE INDEX payment_instruments_signature_file_id_ref ON public.payment_instruments USING btree (tenant_id, signature_file_id) WHERE (signature_file_id IS NOT NULL);
CREATE UNIQUE INDEX payment_instruments_token_unique ON public.payment_instruments USING btree (tenant_id, token_sha256);
ALTER TABLE payment_instruments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_instruments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_instruments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER payment_instruments_view_delete AFTER DELETE ON public.payment_instruments REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER payment_instruments_view_insert AFTER INSERT ON public.payment_instruments REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
CREATE TRIGGER payment_instruments_view_update AFTER UPDATE ON public.payment_instruments REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

CREATE TABLE payment_requests (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  session_id bigint NOT NULL,
  token_sha256 bytea NOT NULL,
  method text,
  instrument_id bigint,
  keep_instrument boolean DEFAULT false NOT NULL,
  provider_key uuid DEFAULT gen_random_uuid() NOT NULL,
  authorised boolean DEFAULT false NOT NULL,
  state text NOT NULL,
  failure text,
  consumed_at timestamp with time zone,
  voided_at timestamp with time zone,
  CONSTRAINT payment_requests_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_requests_instrument_id_fk FOREIGN KEY (tenant_id, instrument_id) REFERENCES payment_instruments(tenant_id, id),
  CONSTRAINT payment_requests_session_id_fk FOREIGN KEY (tenant_id, session_id) REFERENCES payment_sessions(tenant_id, id),
  CONSTRAINT payment_requests_consumed_at CHECK (((state = 'CONSUMED'::text) = (consumed_at IS NOT NULL))),
  CONSTRAINT payment_requests_failure_known CHECK ((failure = ANY (ARRAY['PURCHASE_LIMIT'::text, 'INVALID_IBAN'::text, 'CLOSED_BANKACCOUNT'::text, 'FRAUD'::text, 'INSOLVENCY'::text, 'DECEASED'::text, 'INCOMPLETE_ADDRESS'::text, 'INVALID_ADDRESS'::text, 'INVALID_OR_MISSING_INFORMATION'::text, 'CHARGED_BACK'::text, 'ALREADY_PURCHASED'::text, 'ALREADY_CHARGED_BACK'::text, 'CONTESTED_CONTRACT'::text, 'WITHDRAWN_MANDATE'::text, 'INVALID_SEPA_MANDATE'::text, 'IBAN_BLACKLISTED'::text, 'TERMINATED_CONTRACT'::text, 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE'::text, 'AMOUNT_EXCEEDS_LIMIT'::text, 'NON_CONTRACTUAL'::text, 'PURCHASING_SUSPENDED'::text, 'INSTRUCTED_BY_STUDIO'::text, 'MISSING_LIABLE_PERSON'::text, 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN'::text, 'ACCOUNT_CLOSED_BEFORE_COLLECTION'::text, 'DEBT_OVERAGED'::text, 'DUNNING_UNSUCCESSFUL'::text, 'AUTOMATIC_CHARGEBACK'::text, 'STUDIO_CLOSED_DOWN'::text, 'REPEATED_INVALID_SEPA_MANDATE'::text, 'SETTLEMENT_AGREEMENT'::text, 'INVALID_SEPA_CREDITOR_ID'::text, 'INSUFFICIENT_COVERING'::text, 'OPPOSITION'::text, 'INVALID_BANK_INFORMATION'::text, 'INVALID_MANDATE'::text, 'AUTHORIZATION_DECLINED'::text, 'INVALID_CARD'::text, 'CARD_EXPIRED'::text, 'REVOKED_BY_CUSTOMER'::text, 'UNSUPPORTED_DEBT_CLAIM_TYPE'::text, 'PURCHASESTOP_FRAUD'::text, 'ALREADY_REJECTED'::text, 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE'::text, 'MANUALLY_REJECTED'::text, 'MANUALLY_SET_PURCHASESTOP'::text, 'OTHER'::text, 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY'::text, 'UNKNOWN'::text]))),
  CONSTRAINT payment_requests_method_known CHECK ((method = ANY (ARRAY['SEPA'::text, 'BACS'::text, 'CH_DD'::text, 'LSV'::text, 'CREDIT_CARD'::text, 'CASH'::text, 'BANK_TRANSFER'::text, 'PAYPAL'::text, 'TWINT'::text, 'IDEAL'::text, 'BANCONTACT'::text]))),
  CONSTRAINT payment_requests_state_known CHECK ((state = ANY (ARRAY['CREATED'::text, 'PENDING_AUTHENTICATION'::text, 'AUTHENTICATED'::text, 'PREAUTHED'::text, 'CONSUMED'::text, 'FAILED'::text, 'CANCELLED'::text])))
);
CREATE INDEX payment_requests_instrument_id_ref ON public.payment_requests USING btree (tenant_id, instrument_id) WHERE (instrument_id IS NOT NULL);
CREATE UNIQUE INDEX payment_requests_one_consumed ON public.payment_requests USING btree (tenant_id, session_id) WHERE (state = 'CONSUMED'::text);
CREATE UNIQUE INDEX payment_requests_provider_key_unique ON public.payment_requests USING btree (tenant_id, provider_key);
CREATE INDEX payment_requests_session ON public.payment_requests USING btree (tenant_id, session_id);
CREATE INDEX payment_requests_to_void ON public.payment_requests USING btree (tenant_id, id) WHERE ((state = 'CANCELLED'::text) AND (voided_at IS NULL));
CREATE UNIQUE INDEX payment_requests_token_unique ON public.payment_requests USING btree (tenant_id, token_sha256);
ALTER TABLE payment_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_requests FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_return_settings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  fee numeric(19,4) DEFAULT '0'::numeric NOT NULL,
  currency character(3) NOT NULL,
  retries integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT payment_return_settings_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT payment_return_settings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT payment_return_settings_fee_digits CHECK ((fee = round(fee, palestra_currency_digits((currency)::text)))),
  CONSTRAINT payment_return_settings_fee_positive CHECK ((fee >= (0)::numeric)),
  CONSTRAINT payment_return_settings_retries CHECK (((retries >= 0) AND (retries <= 9)))
);
ALTER TABLE payment_return_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_return_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_return_settings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_run_item_claims (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  item_id bigint NOT NULL,
  claim_id bigint NOT NULL,
  amount numeric(19,4) NOT NULL,
  is_live boolean DEFAULT true NOT NULL,
  CONSTRAINT payment_run_item_claims_pk PRIMARY KEY (tenant_id, item_id, claim_id),
  CONSTRAINT payment_run_item_claims_claim_id_fk FOREIGN KEY (tenant_id, claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT payment_run_item_claims_item_id_fk FOREIGN KEY (tenant_id, item_id) REFERENCES payment_run_items(tenant_id, id),
  CONSTRAINT payment_run_item_claims_amount_positive CHECK ((amount > (0)::numeric))
);
CREATE INDEX payment_run_item_claims_claim ON public.payment_run_item_claims USING btree (tenant_id, claim_id);
CREATE UNIQUE INDEX payment_run_item_claims_one_live ON public.payment_run_item_claims USING btree (tenant_id, claim_id) WHERE is_live;
ALTER TABLE payment_run_item_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_run_item_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_run_item_claims FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_run_items (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  run_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  instrument_id bigint NOT NULL,
  state text NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  sequence_type text,
  end_to_end_id text GENERATED ALWAYS AS (('P'::text || (id)::text)) STORED NOT NULL,
  provider_key uuid DEFAULT gen_random_uuid() NOT NULL,
  rejection_reason text,
  error text,
  CONSTRAINT payment_run_items_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_run_items_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT payment_run_items_instrument_id_fk FOREIGN KEY (tenant_id, instrument_id) REFERENCES payment_instruments(tenant_id, id),
  CONSTRAINT payment_run_items_run_id_fk FOREIGN KEY (tenant_id, run_id) REFERENCES payment_runs(tenant_id, id),
  CONSTRAINT payment_run_items_amount_positive CHECK ((amount > (0)::numeric)),
  CONSTRAINT payment_run_items_rejection_reason_known CHECK ((rejection_reason = ANY (ARRAY['PURCHASE_LIMIT'::text, 'INVALID_IBAN'::text, 'CLOSED_BANKACCOUNT'::text, 'FRAUD'::text, 'INSOLVENCY'::text, 'DECEASED'::text, 'INCOMPLETE_ADDRESS'::text, 'INVALID_ADDRESS'::text, 'INVALID_OR_MISSING_INFORMATION'::text, 'CHARGED_BACK'::text, 'ALREADY_PURCHASED'::text, 'ALREADY_CHARGED_BACK'::text, 'CONTESTED_CONTRACT'::text, 'WITHDRAWN_MANDATE'::text, 'INVALID_SEPA_MANDATE'::text, 'IBAN_BLACKLISTED'::text, 'TERMINATED_CONTRACT'::text, 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE'::text, 'AMOUNT_EXCEEDS_LIMIT'::text, 'NON_CONTRACTUAL'::text, 'PURCHASING_SUSPENDED'::text, 'INSTRUCTED_BY_STUDIO'::text, 'MISSING_LIABLE_PERSON'::text, 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN'::text, 'ACCOUNT_CLOSED_BEFORE_COLLECTION'::text, 'DEBT_OVERAGED'::text, 'DUNNING_UNSUCCESSFUL'::text, 'AUTOMATIC_CHARGEBACK'::text, 'STUDIO_CLOSED_DOWN'::text, 'REPEATED_INVALID_SEPA_MANDATE'::text, 'SETTLEMENT_AGREEMENT'::text, 'INVALID_SEPA_CREDITOR_ID'::text, 'INSUFFICIENT_COVERING'::text, 'OPPOSITION'::text, 'INVALID_BANK_INFORMATION'::text, 'INVALID_MANDATE'::text, 'AUTHORIZATION_DECLINED'::text, 'INVALID_CARD'::text, 'CARD_EXPIRED'::text, 'REVOKED_BY_CUSTOMER'::text, 'UNSUPPORTED_DEBT_CLAIM_TYPE'::text, 'PURCHASESTOP_FRAUD'::text, 'ALREADY_REJECTED'::text, 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE'::text, 'MANUALLY_REJECTED'::text, 'MANUALLY_SET_PURCHASESTOP'::text, 'OTHER'::text, 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY'::text, 'UNKNOWN'::text]))),
  CONSTRAINT payment_run_items_sequence_type_known CHECK ((sequence_type = ANY (ARRAY['FRST'::text, 'RCUR'::text, 'OOFF'::text]))),
  CONSTRAINT payment_run_items_state_known CHECK ((state = ANY (ARRAY['PENDING'::text, 'EXPORTED'::text, 'BOOKED'::text, 'FAILED'::text, 'RETURNED'::text, 'DROPPED'::text])))
) WITH (fillfactor=50);
CREATE INDEX payment_run_items_customer ON public.payment_run_items USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX payment_run_items_customer_once ON public.payment_run_items USING btree (tenant_id, run_id, customer_id);
CREATE UNIQUE INDEX payment_run_items_end_to_end_unique ON public.payment_run_items USING btree (tenant_id, end_to_end_id);
CREATE INDEX payment_run_items_instrument ON public.payment_run_items USING btree (tenant_id, instrument_id);
CREATE UNIQUE INDEX payment_run_items_provider_key_unique ON public.payment_run_items USING btree (tenant_id, provider_key);
ALTER TABLE payment_run_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_run_items FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_run_items FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_run_settings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  run_days integer[] DEFAULT '{}'::integer[] NOT NULL,
  method_groups text[] NOT NULL,
  pre_notification_days integer DEFAULT 1 NOT NULL,
  pain_version text DEFAULT 'pain.008.001.08'::text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT payment_run_settings_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT payment_run_settings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT payment_run_settings_pain_version_known CHECK ((pain_version = ANY (ARRAY['pain.008.001.08'::text, 'pain.008.001.02'::text]))),
  CONSTRAINT payment_run_settings_pre_notification CHECK (((pre_notification_days >= 0) AND (pre_notification_days <= 30)))
);
ALTER TABLE payment_run_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_run_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_run_settings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_runs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  method_group text NOT NULL,
  origin text NOT NULL,
  target_date date NOT NULL,
  collection_date date NOT NULL,
  currency character(3) NOT NULL,
  state text NOT NULL,
  exported_at timestamp with time zone,
  fixed_to bigint DEFAULT 0 NOT NULL,
  is_fixed boolean DEFAULT false NOT NULL,
  file_id bigint,
  file_sha256 bytea,
  submitted_at timestamp with time zone,
  booked_at timestamp with time zone,
  stopped_at timestamp with time zone,
  CONSTRAINT payment_runs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_runs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT payment_runs_booked_at CHECK (((booked_at IS NOT NULL) = (state = 'BOOKED'::text))),
  CONSTRAINT payment_runs_exported_at CHECK (((exported_at IS NOT NULL) OR (state = ANY (ARRAY['DRAFT'::text, 'CANCELLED'::text])))),
  CONSTRAINT payment_runs_file_whole CHECK (((file_id IS NULL) OR (file_sha256 IS NOT NULL))),
  CONSTRAINT payment_runs_method_group_known CHECK ((method_group = ANY (ARRAY['SEPA'::text, 'BACS'::text, 'CH_DD'::text, 'LSV'::text, 'CREDIT_CARD'::text]))),
  CONSTRAINT payment_runs_origin_known CHECK ((origin = ANY (ARRAY['CALENDAR'::text, 'STAFF'::text]))),
  CONSTRAINT payment_runs_state_known CHECK ((state = ANY (ARRAY['DRAFT'::text, 'EXPORTED'::text, 'SUBMITTED'::text, 'BOOKED'::text, 'CANCELLED'::text]))),
  CONSTRAINT payment_runs_stopped_open CHECK (((stopped_at IS NULL) OR (state = ANY (ARRAY['EXPORTED'::text, 'SUBMITTED'::text])))),
  CONSTRAINT payment_runs_submitted_at CHECK (((submitted_at IS NOT NULL) = (state = ANY (ARRAY['SUBMITTED'::text, 'BOOKED'::text]))))
);
CREATE UNIQUE INDEX payment_runs_once_by_calendar ON public.payment_runs USING btree (tenant_id, studio_id, method_group, target_date) WHERE (origin = 'CALENDAR'::text);
CREATE INDEX payment_runs_open ON public.payment_runs USING btree (tenant_id, id) WHERE (state = ANY (ARRAY['EXPORTED'::text, 'SUBMITTED'::text]));
CREATE INDEX payment_runs_studio ON public.payment_runs USING btree (tenant_id, studio_id, id);
ALTER TABLE payment_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payment_runs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE payment_sessions (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  token_sha256 bytea NOT NULL,
  studio_id bigint NOT NULL,
  identity uuid NOT NULL,
  customer_id bigint,
  activation_id bigint,
  scope text NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  methods text[] NOT NULL,
  reference_text text NOT NULL,
  require_signature boolean NOT NULL,
  show_existing boolean NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  state text NOT NULL,
  failed_attempts integer DEFAULT 0 NOT NULL,
  CONSTRAINT payment_sessions_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payment_sessions_activation_id_fk FOREIGN KEY (tenant_id, activation_id) REFERENCES activations(tenant_id, id),
  CONSTRAINT payment_sessions_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT payment_sessions_identity_fk FOREIGN KEY (tenant_id, identity) REFERENCES payment_identities(tenant_id, id),
  CONSTRAINT payment_sessions_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT payment_sessions_amount CHECK (((amount >= (0)::numeric) AND (amount <= 99999.99))),
  CONSTRAINT payment_sessions_scope_known CHECK ((scope = ANY (ARRAY['MEMBER_ACCOUNT'::text, 'ECOM'::text]))),
  CONSTRAINT payment_sessions_state_known CHECK ((state = ANY (ARRAY['OPEN'::text, 'CONSUMED'::text, 'EXPIRED'::text, 'LOCKED'::text])))
);
CREATE INDEX payment_sessions_customer_id_ref ON public.payment_sessions USING btree (tenant_id, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX payment_sessions_identity ON public.payment_sessions USING btree (tenant_id, identity);
CREATE INDEX payment_sessions_open ON public.payment_sessions USING btree (tenant_id, valid_until) WHERE (state = ANY (ARRAY['OPEN'::text, 'LOCKED'::text]));
CREATE UNIQUE INDEX payment_sessions_token_unique ON public.payment_sessions USING btree (token_sha256);
ALTER TABLE payment_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON payment_sessions FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON payment_sessions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE payment_settings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  active boolean DEFAULT true NOT NULL,
  member_methods text[] NOT NULL,
  ecom_methods text[] NOT NULL,
  session_minutes integer DEFAULT 60 NOT NULL,
  allowed_origins text[] DEFAULT '{}'::text[] NOT NULL,
  mandate_text text,
  creditor_id text,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  provider text DEFAULT 'SANDBOX'::text NOT NULL,
  CONSTRAINT payment_settings_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT payment_settings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT payment_settings_provider_known CHECK ((provider = ANY (ARRAY['SANDBOX'::text, 'STRIPE'::text]))),
  CONSTRAINT payment_settings_session_length CHECK (((session_minutes >= 5) AND (session_minutes <= 1440)))
);
ALTER TABLE payment_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE payment_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON payment_settings FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON payment_settings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE payments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  state text NOT NULL,
  instrument_id bigint,
  provider_key uuid NOT NULL,
  payment_request_id bigint,
  rejection_reason text,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone,
  run_item_id bigint,
  CONSTRAINT payments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT payments_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT payments_id_fk FOREIGN KEY (tenant_id, id) REFERENCES credit_items(tenant_id, id),
  CONSTRAINT payments_instrument_id_fk FOREIGN KEY (tenant_id, instrument_id) REFERENCES payment_instruments(tenant_id, id),
  CONSTRAINT payments_payment_request_id_fk FOREIGN KEY (tenant_id, payment_request_id) REFERENCES payment_requests(tenant_id, id),
  CONSTRAINT payments_run_item_id_fk FOREIGN KEY (tenant_id, run_item_id) REFERENCES payment_run_items(tenant_id, id),
  CONSTRAINT payments_pending_has_attempt CHECK (((state = 'PENDING'::text) = (next_attempt_at IS NOT NULL))),
  CONSTRAINT payments_rejection_reason_known CHECK ((rejection_reason = ANY (ARRAY['PURCHASE_LIMIT'::text, 'INVALID_IBAN'::text, 'CLOSED_BANKACCOUNT'::text, 'FRAUD'::text, 'INSOLVENCY'::text, 'DECEASED'::text, 'INCOMPLETE_ADDRESS'::text, 'INVALID_ADDRESS'::text, 'INVALID_OR_MISSING_INFORMATION'::text, 'CHARGED_BACK'::text, 'ALREADY_PURCHASED'::text, 'ALREADY_CHARGED_BACK'::text, 'CONTESTED_CONTRACT'::text, 'WITHDRAWN_MANDATE'::text, 'INVALID_SEPA_MANDATE'::text, 'IBAN_BLACKLISTED'::text, 'TERMINATED_CONTRACT'::text, 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE'::text, 'AMOUNT_EXCEEDS_LIMIT'::text, 'NON_CONTRACTUAL'::text, 'PURCHASING_SUSPENDED'::text, 'INSTRUCTED_BY_STUDIO'::text, 'MISSING_LIABLE_PERSON'::text, 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN'::text, 'ACCOUNT_CLOSED_BEFORE_COLLECTION'::text, 'DEBT_OVERAGED'::text, 'DUNNING_UNSUCCESSFUL'::text, 'AUTOMATIC_CHARGEBACK'::text, 'STUDIO_CLOSED_DOWN'::text, 'REPEATED_INVALID_SEPA_MANDATE'::text, 'SETTLEMENT_AGREEMENT'::text, 'INVALID_SEPA_CREDITOR_ID'::text, 'INSUFFICIENT_COVERING'::text, 'OPPOSITION'::text, 'INVALID_BANK_INFORMATION'::text, 'INVALID_MANDATE'::text, 'AUTHORIZATION_DECLINED'::text, 'INVALID_CARD'::text, 'CARD_EXPIRED'::text, 'REVOKED_BY_CUSTOMER'::text, 'UNSUPPORTED_DEBT_CLAIM_TYPE'::text, 'PURCHASESTOP_FRAUD'::text, 'ALREADY_REJECTED'::text, 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE'::text, 'MANUALLY_REJECTED'::text, 'MANUALLY_SET_PURCHASESTOP'::text, 'OTHER'::text, 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY'::text, 'UNKNOWN'::text]))),
  CONSTRAINT payments_state_known CHECK ((state = ANY (ARRAY['PENDING'::text, 'SETTLED'::text, 'FAILED'::text, 'REVERSED'::text])))
);
CREATE INDEX payments_customer ON public.payments USING btree (tenant_id, customer_id);
CREATE INDEX payments_instrument_id_ref ON public.payments USING btree (tenant_id, instrument_id) WHERE (instrument_id IS NOT NULL);
CREATE INDEX payments_pending ON public.payments USING btree (tenant_id, next_attempt_at) WHERE (state = 'PENDING'::text);
CREATE UNIQUE INDEX payments_provider_key_unique ON public.payments USING btree (tenant_id, provider_key);
CREATE UNIQUE INDEX payments_request_unique ON public.payments USING btree (tenant_id, payment_request_id);
CREATE UNIQUE INDEX payments_run_item_unique ON public.payments USING btree (tenant_id, run_item_id);
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON payments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE postings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  entry_id bigint NOT NULL,
  line_no integer NOT NULL,
  account_id bigint NOT NULL,
  customer_id bigint,
  claim_id bigint,
  credit_item_id bigint,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  tax_code_id bigint,
  CONSTRAINT postings_pk PRIMARY KEY (tenant_id, entry_id, line_no),
  CONSTRAINT postings_account_id_fk FOREIGN KEY (tenant_id, account_id) REFERENCES ledger_accounts(tenant_id, id),
  CONSTRAINT postings_claim_id_fk FOREIGN KEY (tenant_id, claim_id) REFERENCES debt_claims(tenant_id, id),
  CONSTRAINT postings_credit_item_id_fk FOREIGN KEY (tenant_id, credit_item_id) REFERENCES credit_items(tenant_id, id),
  CONSTRAINT postings_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT postings_entry_id_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES journal_entries(tenant_id, id),
  CONSTRAINT postings_tax_code_id_fk FOREIGN KEY (tenant_id, tax_code_id) REFERENCES tax_codes(tenant_id, id),
  CONSTRAINT postings_amount_digits CHECK ((amount = round(amount, palestra_currency_digits((currency)::text))))
);
CREATE INDEX postings_account ON public.postings USING btree (tenant_id, account_id, customer_id);
CREATE INDEX postings_claim_id_ref ON public.postings USING btree (tenant_id, claim_id) WHERE (claim_id IS NOT NULL);
CREATE INDEX postings_credit_item_id_ref ON public.postings USING btree (tenant_id, credit_item_id) WHERE (credit_item_id IS NOT NULL);
CREATE INDEX postings_customer ON public.postings USING btree (tenant_id, customer_id, entry_id);
ALTER TABLE postings ENABLE ROW LEVEL SECURITY;
ALTER TABLE postings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON postings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER postings_append_only BEFORE DELETE OR UPDATE ON public.postings FOR EACH ROW EXECUTE FUNCTION palestra_guard_ledger();
CREATE CONSTRAINT TRIGGER postings_balanced AFTER INSERT ON public.postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION palestra_check_entry();
CREATE TRIGGER postings_no_truncate BEFORE TRUNCATE ON public.postings FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();

CREATE TABLE price_rules (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  term_id bigint NOT NULL,
  "position" integer NOT NULL,
  type text NOT NULL,
  charge_adjustment_type text NOT NULL,
  value numeric(19,4) NOT NULL,
  first_after_value integer NOT NULL,
  first_after_unit text NOT NULL,
  recurrence_value integer,
  recurrence_unit text,
  max_occurrences integer,
  CONSTRAINT price_rules_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT price_rules_term_id_fk FOREIGN KEY (tenant_id, term_id) REFERENCES membership_offer_terms(tenant_id, id),
  CONSTRAINT price_rules_basic_amount CHECK (((type = 'NEW_BASIC_AMOUNT'::text) = (charge_adjustment_type = 'BASIC_AMOUNT'::text))),
  CONSTRAINT price_rules_charge_adjustment_type_known CHECK ((charge_adjustment_type = ANY (ARRAY['RELATIVE'::text, 'ABSOLUTE'::text, 'BASIC_AMOUNT'::text]))),
  CONSTRAINT price_rules_first_after_unit_known CHECK ((first_after_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT price_rules_first_after_whole CHECK (((num_nonnulls(first_after_value, first_after_unit) = ANY (ARRAY[0, 2])) AND (first_after_value >= 0))),
  CONSTRAINT price_rules_occurrences_positive CHECK ((max_occurrences > 0)),
  CONSTRAINT price_rules_recurrence_positive CHECK ((recurrence_value > 0)),
  CONSTRAINT price_rules_recurrence_unit_known CHECK ((recurrence_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT price_rules_recurrence_whole CHECK (((num_nonnulls(recurrence_value, recurrence_unit) = ANY (ARRAY[0, 2])) AND (recurrence_value >= 0))),
  CONSTRAINT price_rules_type_known CHECK ((type = ANY (ARRAY['RAISE'::text, 'REDUCTION'::text, 'NEW_BASIC_AMOUNT'::text]))),
  CONSTRAINT price_rules_value_counted CHECK ((value >= (0)::numeric))
);
CREATE UNIQUE INDEX price_rules_position ON public.price_rules USING btree (tenant_id, term_id, "position");
ALTER TABLE price_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON price_rules FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER price_rules_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.price_rules FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE privacy_requests (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  customer_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  state text DEFAULT 'OPEN'::text NOT NULL,
  integration_id bigint,
  requested_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  reason text,
  CONSTRAINT privacy_requests_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT privacy_requests_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT privacy_requests_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT privacy_requests_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT privacy_requests_finished CHECK (((state = 'OPEN'::text) = (finished_at IS NULL))),
  CONSTRAINT privacy_requests_kind_known CHECK ((kind = 'ERASURE'::text)),
  CONSTRAINT privacy_requests_refused_with_reason CHECK (((state = 'REFUSED'::text) = (reason IS NOT NULL))),
  CONSTRAINT privacy_requests_state_known CHECK ((state = ANY (ARRAY['OPEN'::text, 'DONE'::text, 'REFUSED'::text])))
);
CREATE INDEX privacy_requests_customer ON public.privacy_requests USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX privacy_requests_one_open ON public.privacy_requests USING btree (tenant_id, customer_id, kind) WHERE (state = 'OPEN'::text);
CREATE INDEX privacy_requests_queue ON public.privacy_requests USING btree (tenant_id, studio_id, state, id);
ALTER TABLE privacy_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON privacy_requests FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE provider_events (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  provider text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT provider_events_pk PRIMARY KEY (tenant_id, provider, event_id),
  CONSTRAINT provider_events_provider_known CHECK ((provider = 'STRIPE'::text))
);
CREATE INDEX provider_events_age ON public.provider_events USING btree (tenant_id, created_at);
ALTER TABLE provider_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_events FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON provider_events FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE rate_checkin_studios (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  rate_id bigint NOT NULL,
  studio_id bigint,
  CONSTRAINT rate_checkin_studios_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT rate_checkin_studios_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id),
  CONSTRAINT rate_checkin_studios_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX rate_checkin_studios_all_once ON public.rate_checkin_studios USING btree (tenant_id, rate_id) WHERE (studio_id IS NULL);
CREATE UNIQUE INDEX rate_checkin_studios_once ON public.rate_checkin_studios USING btree (tenant_id, rate_id, studio_id);
ALTER TABLE rate_checkin_studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_checkin_studios FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rate_checkin_studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE rate_code_links (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  rate_code_id bigint NOT NULL,
  owner_kind text NOT NULL,
  owner_id bigint NOT NULL,
  CONSTRAINT rate_code_links_pk PRIMARY KEY (tenant_id, owner_kind, owner_id, rate_code_id),
  CONSTRAINT rate_code_links_rate_code_id_fk FOREIGN KEY (tenant_id, rate_code_id) REFERENCES rate_codes(tenant_id, id),
  CONSTRAINT rate_code_links_owner_kind_known CHECK ((owner_kind = ANY (ARRAY['RATE'::text, 'MODULE'::text])))
);
ALTER TABLE rate_code_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_code_links FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rate_code_links FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER rate_code_links_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.rate_code_links FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE rate_codes (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  identifier text NOT NULL,
  name text NOT NULL,
  CONSTRAINT rate_codes_pk PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX rate_codes_identifier_unique ON public.rate_codes USING btree (tenant_id, identifier);
ALTER TABLE rate_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rate_codes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER rate_codes_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.rate_codes FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE rate_services (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  rate_id bigint NOT NULL,
  service_id bigint NOT NULL,
  quantity integer,
  period_value integer,
  period_unit text,
  cross_studio boolean DEFAULT false NOT NULL,
  CONSTRAINT rate_services_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT rate_services_rate_id_fk FOREIGN KEY (tenant_id, rate_id) REFERENCES rates(tenant_id, id),
  CONSTRAINT rate_services_service_id_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(tenant_id, id),
  CONSTRAINT rate_services_period_unit_known CHECK ((period_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT rate_services_period_whole CHECK (((num_nonnulls(period_value, period_unit) = ANY (ARRAY[0, 2])) AND (period_value >= 0)))
);
CREATE UNIQUE INDEX rate_services_once ON public.rate_services USING btree (tenant_id, rate_id, service_id);
ALTER TABLE rate_services ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_services FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rate_services FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE UNLOGGED TABLE rate_windows (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  caller bigint NOT NULL,
  operation text NOT NULL,
  window_start timestamp with time zone,
  count integer NOT NULL,
  blocked_until timestamp with time zone,
  CONSTRAINT rate_windows_pk PRIMARY KEY (tenant_id, caller, operation)
);
ALTER TABLE rate_windows ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_windows FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rate_windows FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE rates (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint,
  name text NOT NULL,
  idle_policy_id bigint,
  active boolean DEFAULT true NOT NULL,
  tax_code text,
  CONSTRAINT rates_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT rates_idle_policy_id_fk FOREIGN KEY (tenant_id, idle_policy_id) REFERENCES idle_policies(tenant_id, id),
  CONSTRAINT rates_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
ALTER TABLE rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE rates FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON rates FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER rates_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.rates FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE requirement_resources (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  requirement_id bigint NOT NULL,
  bookable_id bigint NOT NULL,
  resource_id bigint NOT NULL,
  priority integer DEFAULT 0 NOT NULL,
  CONSTRAINT requirement_resources_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT requirement_resources_bookable_id_fk FOREIGN KEY (tenant_id, bookable_id) REFERENCES bookable_appointments(tenant_id, id),
  CONSTRAINT requirement_resources_requirement_id_fk FOREIGN KEY (tenant_id, requirement_id) REFERENCES requirements(tenant_id, id),
  CONSTRAINT requirement_resources_resource_id_fk FOREIGN KEY (tenant_id, resource_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT requirement_resources_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE UNIQUE INDEX requirement_resources_one_line ON public.requirement_resources USING btree (tenant_id, bookable_id, resource_id);
CREATE INDEX requirement_resources_requirement ON public.requirement_resources USING btree (tenant_id, requirement_id);
ALTER TABLE requirement_resources ENABLE ROW LEVEL SECURITY;
ALTER TABLE requirement_resources FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON requirement_resources FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE requirements (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  bookable_id bigint NOT NULL,
  kind text NOT NULL,
  count integer DEFAULT 1 NOT NULL,
  CONSTRAINT requirements_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT requirements_bookable_id_fk FOREIGN KEY (tenant_id, bookable_id) REFERENCES bookable_appointments(tenant_id, id),
  CONSTRAINT requirements_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT requirements_count_positive CHECK ((count >= 1)),
  CONSTRAINT requirements_kind_known CHECK ((kind = ANY (ARRAY['EMPLOYEE'::text, 'ROOM'::text, 'DEVICE'::text])))
);
CREATE INDEX requirements_bookable ON public.requirements USING btree (tenant_id, bookable_id);
ALTER TABLE requirements ENABLE ROW LEVEL SECURITY;
ALTER TABLE requirements FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON requirements FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE resource_absences (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  resource_id bigint NOT NULL,
  during tstzrange NOT NULL,
  reason text,
  CONSTRAINT resource_absences_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT resource_absences_resource_id_fk FOREIGN KEY (tenant_id, resource_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT resource_absences_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT resource_absences_half_open CHECK ((lower_inc(during) AND (NOT upper_inc(during))))
);
CREATE INDEX resource_absences_resource ON public.resource_absences USING btree (tenant_id, resource_id);
ALTER TABLE resource_absences ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource_absences FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON resource_absences FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE resource_allocations (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  resource_id bigint NOT NULL,
  during tstzrange NOT NULL,
  source text NOT NULL,
  source_id bigint NOT NULL,
  exclusive boolean NOT NULL,
  active boolean DEFAULT true NOT NULL,
  block_from timestamp with time zone GENERATED ALWAYS AS (lower(during)) STORED,
  block_until timestamp with time zone GENERATED ALWAYS AS (COALESCE(upper(during), 'infinity'::timestamp with time zone)) STORED,
  CONSTRAINT resource_allocations_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT resource_allocations_exclusive EXCLUDE USING gist (int8range(tenant_id, tenant_id, '[]'::text) WITH &&, int8range(resource_id, resource_id, '[]'::text) WITH &&, during WITH &&) WHERE ((active AND exclusive)),
  CONSTRAINT resource_allocations_resource_id_fk FOREIGN KEY (tenant_id, resource_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT resource_allocations_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT resource_allocations_half_open CHECK ((lower_inc(during) AND (NOT upper_inc(during)))),
  CONSTRAINT resource_allocations_source_known CHECK ((source = ANY (ARRAY['APPOINTMENT'::text, 'CLASS_SLOT'::text, 'BLOCKING'::text])))
);
CREATE INDEX resource_allocations_source ON public.resource_allocations USING btree (tenant_id, source, source_id);
CREATE INDEX resource_allocations_time ON public.resource_allocations USING btree (tenant_id, resource_id, block_until, block_from) WHERE active;
ALTER TABLE resource_allocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource_allocations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON resource_allocations FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE resource_availabilities (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  resource_id bigint NOT NULL,
  weekday text NOT NULL,
  time_from time without time zone NOT NULL,
  time_to time without time zone NOT NULL,
  valid_from date,
  valid_to date,
  CONSTRAINT resource_availabilities_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT resource_availabilities_resource_id_fk FOREIGN KEY (tenant_id, resource_id) REFERENCES resources(tenant_id, id),
  CONSTRAINT resource_availabilities_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT resource_availabilities_dates_ordered CHECK ((valid_from <= valid_to)),
  CONSTRAINT resource_availabilities_weekday_known CHECK ((weekday = ANY (ARRAY['MONDAY'::text, 'TUESDAY'::text, 'WEDNESDAY'::text, 'THURSDAY'::text, 'FRIDAY'::text, 'SATURDAY'::text, 'SUNDAY'::text])))
);
CREATE INDEX resource_availabilities_resource ON public.resource_availabilities USING btree (tenant_id, resource_id);
ALTER TABLE resource_availabilities ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource_availabilities FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON resource_availabilities FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE resources (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  kind text NOT NULL,
  employee_id bigint,
  name text,
  description text,
  capacity integer DEFAULT 1 NOT NULL,
  active boolean DEFAULT true NOT NULL,
  CONSTRAINT resources_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT resources_employee_id_fk FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id),
  CONSTRAINT resources_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT resources_capacity_positive CHECK ((capacity >= 1)),
  CONSTRAINT resources_employee_named CHECK (((kind = 'EMPLOYEE'::text) = (employee_id IS NOT NULL))),
  CONSTRAINT resources_kind_known CHECK ((kind = ANY (ARRAY['EMPLOYEE'::text, 'ROOM'::text, 'DEVICE'::text]))),
  CONSTRAINT resources_named CHECK (((kind = 'EMPLOYEE'::text) OR (name IS NOT NULL)))
);
CREATE UNIQUE INDEX resources_employee_once ON public.resources USING btree (tenant_id, studio_id, employee_id);
CREATE INDEX resources_studio ON public.resources USING btree (tenant_id, studio_id, id);
ALTER TABLE resources ENABLE ROW LEVEL SECURITY;
ALTER TABLE resources FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON resources FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE sandbox_charges (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  key uuid NOT NULL,
  behaviour text NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  state text NOT NULL,
  action_key uuid DEFAULT gen_random_uuid() NOT NULL,
  captured_at timestamp with time zone,
  CONSTRAINT sandbox_charges_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT sandbox_charges_behaviour_known CHECK ((behaviour = ANY (ARRAY['APPROVES'::text, 'DECLINES'::text, 'HAS_NO_FUNDS'::text, 'CHALLENGES'::text, 'FAILS_LATER'::text, 'DISPUTED'::text, 'CAPTURES_SLOWLY'::text]))),
  CONSTRAINT sandbox_charges_state_known CHECK ((state = ANY (ARRAY['ACTION_REQUIRED'::text, 'AUTHORISED'::text, 'DECLINED'::text, 'CAPTURED'::text, 'VOIDED'::text, 'DISPUTED'::text])))
);
CREATE UNIQUE INDEX sandbox_charges_action_key_unique ON public.sandbox_charges USING btree (action_key);
CREATE INDEX sandbox_charges_disputed ON public.sandbox_charges USING btree (tenant_id, captured_at) WHERE ((behaviour = 'DISPUTED'::text) AND (state = 'CAPTURED'::text));
CREATE UNIQUE INDEX sandbox_charges_key_unique ON public.sandbox_charges USING btree (tenant_id, key);
ALTER TABLE sandbox_charges ENABLE ROW LEVEL SECURITY;
ALTER TABLE sandbox_charges FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON sandbox_charges FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON sandbox_charges FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE scheduled_jobs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  studio_id bigint,
  next_run_at timestamp with time zone NOT NULL,
  locked_until timestamp with time zone,
  CONSTRAINT scheduled_jobs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT scheduled_jobs_name_unique UNIQUE NULLS NOT DISTINCT (tenant_id, name, studio_id),
  CONSTRAINT scheduled_jobs_only_routines_locked CHECK (((locked_until IS NULL) OR (studio_id IS NULL)))
);
CREATE INDEX scheduled_jobs_due ON public.scheduled_jobs USING btree (tenant_id, next_run_at);
CREATE INDEX scheduled_jobs_routines_due ON public.scheduled_jobs USING btree (next_run_at) WHERE (studio_id IS NULL);
ALTER TABLE scheduled_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduled_jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON scheduled_jobs FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON scheduled_jobs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE services (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  CONSTRAINT services_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT services_kind_known CHECK ((kind = ANY (ARRAY['APPOINTMENT'::text, 'CLASS'::text, 'USAGE'::text])))
);
ALTER TABLE services ENABLE ROW LEVEL SECURITY;
ALTER TABLE services FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON services FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE stripe_accounts (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  account_id text NOT NULL,
  live boolean NOT NULL,
  publishable_key text NOT NULL,
  secret_key_enc bytea NOT NULL,
  webhook_secret_enc bytea NOT NULL,
  methods text[] NOT NULL,
  seen_until bigint,
  next_check_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT stripe_accounts_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT stripe_accounts_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id)
);
CREATE INDEX stripe_accounts_next_check ON public.stripe_accounts USING btree (tenant_id, next_check_at);
ALTER TABLE stripe_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE stripe_accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON stripe_accounts FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON stripe_accounts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE stripe_intents (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  key uuid NOT NULL,
  studio_id bigint NOT NULL,
  account_id text NOT NULL,
  kind text NOT NULL,
  amount numeric(19,4) NOT NULL,
  currency character(3) NOT NULL,
  intent_id text,
  follow_at timestamp with time zone,
  CONSTRAINT stripe_intents_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT stripe_intents_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT stripe_intents_kind_known CHECK ((kind = ANY (ARRAY['PAYMENT'::text, 'SETUP'::text])))
);
CREATE INDEX stripe_intents_follow ON public.stripe_intents USING btree (tenant_id, follow_at) WHERE (follow_at IS NOT NULL);
CREATE UNIQUE INDEX stripe_intents_intent_unique ON public.stripe_intents USING btree (tenant_id, intent_id);
CREATE UNIQUE INDEX stripe_intents_key_unique ON public.stripe_intents USING btree (tenant_id, key);
ALTER TABLE stripe_intents ENABLE ROW LEVEL SECURITY;
ALTER TABLE stripe_intents FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON stripe_intents FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE studio_closings (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  reason text NOT NULL,
  from_local timestamp without time zone NOT NULL,
  to_local timestamp without time zone NOT NULL,
  CONSTRAINT studio_closings_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT studio_closings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT studio_closings_order CHECK ((from_local < to_local))
);
CREATE INDEX studio_closings_end ON public.studio_closings USING btree (tenant_id, studio_id, to_local);
ALTER TABLE studio_closings ENABLE ROW LEVEL SECURITY;
ALTER TABLE studio_closings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON studio_closings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE studio_tags (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  tag_id bigint NOT NULL,
  CONSTRAINT studio_tags_pk PRIMARY KEY (tenant_id, studio_id, tag_id),
  CONSTRAINT studio_tags_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT studio_tags_tag_id_fk FOREIGN KEY (tenant_id, tag_id) REFERENCES tags(tenant_id, id)
);
ALTER TABLE studio_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE studio_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON studio_tags FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE studios (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  description text,
  time_zone text NOT NULL,
  currency character(3) NOT NULL,
  language_tag text NOT NULL,
  country_code character(2) NOT NULL,
  street text,
  house_number text,
  zip text,
  city text,
  latitude double precision,
  longitude double precision,
  email text,
  telephone text,
  website text,
  logo_file_id bigint,
  capacity integer,
  opening_date date,
  closing_date date,
  status text NOT NULL,
  legal_entity_id bigint,
  access_code_enabled boolean DEFAULT true NOT NULL,
  access_code_mode text DEFAULT 'MIXED'::text NOT NULL,
  access_code_format text DEFAULT 'JSON'::text NOT NULL,
  access_code_single_use boolean DEFAULT false NOT NULL,
  auto_checkout_after_minutes integer,
  auto_checkout_at_closing boolean DEFAULT false NOT NULL,
  auto_checkout_daily_at time without time zone,
  share_private_employee_data boolean DEFAULT true NOT NULL,
  duplicate_check boolean DEFAULT true NOT NULL,
  lead_duplicate_rule text DEFAULT 'EMAIL'::text NOT NULL,
  tax_id_strict boolean DEFAULT false NOT NULL,
  customer_number_pattern text,
  show_contract_volume boolean DEFAULT true NOT NULL,
  enforce_capacity boolean DEFAULT false NOT NULL,
  admit_bookings boolean DEFAULT true NOT NULL,
  backdate_days integer DEFAULT 0 NOT NULL,
  advance_months integer DEFAULT 12 NOT NULL,
  max_preuse_days integer DEFAULT 92 NOT NULL,
  referrals_enabled boolean DEFAULT true NOT NULL,
  withdrawal_days integer DEFAULT 14 NOT NULL,
  withdrawal_charges_used_days boolean DEFAULT false NOT NULL,
  CONSTRAINT studios_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT studios_legal_entity_id_fk FOREIGN KEY (tenant_id, legal_entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT studios_logo_file_id_fk FOREIGN KEY (tenant_id, logo_file_id) REFERENCES files(tenant_id, id),
  CONSTRAINT studios_tenant_id_fk FOREIGN KEY (tenant_id, tenant_id) REFERENCES tenants(tenant_id, id),
  CONSTRAINT studios_access_code_format_known CHECK ((access_code_format = ANY (ARRAY['JSON'::text, 'NUMBER'::text]))),
  CONSTRAINT studios_access_code_mode_known CHECK ((access_code_mode = ANY (ARRAY['STATIC_ONLY'::text, 'MIXED'::text, 'DYNAMIC_ONLY'::text]))),
  CONSTRAINT studios_auto_checkout_positive CHECK ((auto_checkout_after_minutes > 0)),
  CONSTRAINT studios_capacity_positive CHECK ((capacity > 0)),
  CONSTRAINT studios_contract_start_counted CHECK (((backdate_days >= 0) AND (advance_months >= 0) AND (max_preuse_days >= 0))),
  CONSTRAINT studios_lead_duplicate_rule_known CHECK ((lead_duplicate_rule = ANY (ARRAY['EMAIL'::text, 'EMAIL_AND_NAME'::text]))),
  CONSTRAINT studios_location_whole CHECK ((num_nonnulls(latitude, longitude) = ANY (ARRAY[0, 2]))),
  CONSTRAINT studios_status_known CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'CLOSED'::text]))),
  CONSTRAINT studios_withdrawal_days_counted CHECK (((withdrawal_days >= 0) AND (withdrawal_days <= 60)))
);
CREATE UNIQUE INDEX studios_number_unique ON public.studios USING btree (tenant_id, number);
ALTER TABLE studios ENABLE ROW LEVEL SECURITY;
ALTER TABLE studios FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON studios FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON studios FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup
CREATE TRIGGER studios_view_update AFTER UPDATE ON public.studios REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_studio_zone_changed();

CREATE TABLE sub_contracts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  contract_id bigint NOT NULL,
  kind text NOT NULL,
  origin text NOT NULL,
  module_id bigint,
  name text NOT NULL,
  start_date date NOT NULL,
  paid_from date,
  trial_term_value integer,
  trial_term_unit text,
  snapshot jsonb NOT NULL,
  exclusive boolean DEFAULT true NOT NULL,
  extension_index integer DEFAULT 0 NOT NULL,
  committed_end date,
  previous_id bigint,
  ended_at timestamp with time zone,
  voided_at timestamp with time zone,
  end_is_final boolean DEFAULT false NOT NULL,
  CONSTRAINT sub_contracts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT sub_contracts_contract_id_fk FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts(tenant_id, id),
  CONSTRAINT sub_contracts_module_id_fk FOREIGN KEY (tenant_id, module_id) REFERENCES modules(tenant_id, id),
  CONSTRAINT sub_contracts_previous_id_fk FOREIGN KEY (tenant_id, previous_id) REFERENCES sub_contracts(tenant_id, id),
  CONSTRAINT sub_contracts_kind_known CHECK ((kind = ANY (ARRAY['MODULE'::text, 'FLAT_FEE'::text]))),
  CONSTRAINT sub_contracts_module_named CHECK (((kind = 'MODULE'::text) = (module_id IS NOT NULL))),
  CONSTRAINT sub_contracts_origin_known CHECK ((origin = ANY (ARRAY['INCLUDED'::text, 'SELECTED'::text, 'OPTIONAL'::text, 'ADDITIONAL'::text]))),
  CONSTRAINT sub_contracts_trial_term_unit_known CHECK ((trial_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT sub_contracts_trial_term_whole CHECK (((num_nonnulls(trial_term_value, trial_term_unit) = ANY (ARRAY[0, 2])) AND (trial_term_value >= 0)))
);
CREATE INDEX sub_contracts_contract ON public.sub_contracts USING btree (tenant_id, contract_id, kind);
CREATE UNIQUE INDEX sub_contracts_one_of_module ON public.sub_contracts USING btree (tenant_id, contract_id, module_id) WHERE ((origin = 'ADDITIONAL'::text) AND exclusive AND (ended_at IS NULL) AND (voided_at IS NULL));
CREATE INDEX sub_contracts_previous_id_ref ON public.sub_contracts USING btree (tenant_id, previous_id) WHERE (previous_id IS NOT NULL);
ALTER TABLE sub_contracts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sub_contracts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON sub_contracts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER sub_contracts_view_delete AFTER DELETE ON public.sub_contracts REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER sub_contracts_view_insert AFTER INSERT ON public.sub_contracts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
CREATE TRIGGER sub_contracts_view_update AFTER UPDATE ON public.sub_contracts REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

CREATE TABLE tags (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  name text NOT NULL,
  CONSTRAINT tags_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT tags_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);
CREATE UNIQUE INDEX tags_name_unique ON public.tags USING btree (tenant_id, name);
ALTER TABLE tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE tags FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tags FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE tax_codes (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  entity_id bigint NOT NULL,
  name text NOT NULL,
  is_default boolean DEFAULT false NOT NULL,
  tax_key text,
  CONSTRAINT tax_codes_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT tax_codes_entity_id_fk FOREIGN KEY (tenant_id, entity_id) REFERENCES legal_entities(tenant_id, id),
  CONSTRAINT tax_codes_key_form CHECK ((tax_key ~ '^[0-9]{1,4}$'::text))
);
CREATE UNIQUE INDEX tax_codes_name_unique ON public.tax_codes USING btree (tenant_id, entity_id, name);
CREATE UNIQUE INDEX tax_codes_one_default ON public.tax_codes USING btree (tenant_id, entity_id) WHERE is_default;
ALTER TABLE tax_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tax_codes FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE tax_export_settings (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  studio_id bigint NOT NULL,
  csv_profile text NOT NULL,
  CONSTRAINT tax_export_settings_pk PRIMARY KEY (tenant_id, studio_id),
  CONSTRAINT tax_export_settings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT tax_export_settings_csv_profile_known CHECK ((csv_profile = ANY (ARRAY['PLAIN'::text, 'DATEV_EXTF'::text])))
);
ALTER TABLE tax_export_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_export_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tax_export_settings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE tax_exports (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  format text NOT NULL,
  file_format text NOT NULL,
  locale text,
  state text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  lease_token uuid,
  lease_until timestamp with time zone,
  file_id bigint,
  sha256 bytea,
  rows integer,
  integration_id bigint,
  error text,
  CONSTRAINT tax_exports_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT tax_exports_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT tax_exports_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT tax_exports_days_ordered CHECK ((from_date <= to_date)),
  CONSTRAINT tax_exports_failed_says_why CHECK (((state = 'FAILED'::text) = (error IS NOT NULL))),
  CONSTRAINT tax_exports_file_format_known CHECK ((file_format = ANY (ARRAY['JSON'::text, 'CSV'::text, 'XLSX'::text]))),
  CONSTRAINT tax_exports_format_known CHECK ((format = ANY (ARRAY['SINGLE'::text, 'AGGREGATED'::text]))),
  CONSTRAINT tax_exports_locale_known CHECK ((locale = ANY (ARRAY['ENGLISH'::text, 'GERMAN'::text]))),
  CONSTRAINT tax_exports_ready_has_file CHECK (((state = 'READY'::text) = (num_nonnulls(sha256, rows) = 2))),
  CONSTRAINT tax_exports_running_leased CHECK (((state = 'RUNNING'::text) = (num_nonnulls(lease_token, lease_until) = 2))),
  CONSTRAINT tax_exports_state_known CHECK ((state = ANY (ARRAY['CREATED'::text, 'RUNNING'::text, 'READY'::text, 'FAILED'::text])))
);
CREATE UNIQUE INDEX tax_exports_one_running ON public.tax_exports USING btree (tenant_id, studio_id) WHERE (state = 'RUNNING'::text);
CREATE INDEX tax_exports_studio ON public.tax_exports USING btree (tenant_id, studio_id, id);
CREATE INDEX tax_exports_waiting ON public.tax_exports USING btree (tenant_id, id) WHERE (state = ANY (ARRAY['CREATED'::text, 'RUNNING'::text]));
ALTER TABLE tax_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_exports FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tax_exports FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE tax_rates (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  tax_code_id bigint NOT NULL,
  valid_from date NOT NULL,
  rate numeric(7,4) NOT NULL,
  retax_after bigint,
  CONSTRAINT tax_rates_pk PRIMARY KEY (tenant_id, tax_code_id, valid_from),
  CONSTRAINT tax_rates_tax_code_id_fk FOREIGN KEY (tenant_id, tax_code_id) REFERENCES tax_codes(tenant_id, id),
  CONSTRAINT tax_rates_percent CHECK (((rate >= (0)::numeric) AND (rate <= (100)::numeric)))
);
ALTER TABLE tax_rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_rates FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tax_rates FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE tenants (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  default_language text NOT NULL,
  status text NOT NULL,
  access_secret_enc bytea,
  previous_access_secret_enc bytea,
  access_secret_rotated_at timestamp with time zone,
  account_balance_sign text DEFAULT 'CUSTOMER'::text NOT NULL,
  CONSTRAINT tenants_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT tenants_account_balance_sign_known CHECK ((account_balance_sign = ANY (ARRAY['CUSTOMER'::text, 'RECEIVABLE'::text]))),
  CONSTRAINT tenants_own_tenant CHECK ((id = tenant_id)),
  CONSTRAINT tenants_slug_form CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{1,38}$'::text)),
  CONSTRAINT tenants_status_known CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'SUSPENDED'::text])))
);
CREATE UNIQUE INDEX tenants_slug_unique ON public.tenants USING btree (slug);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON tenants FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON tenants FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE term_studio_prices (
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  term_id bigint NOT NULL,
  studio_id bigint NOT NULL,
  payment_frequency_id bigint NOT NULL,
  CONSTRAINT term_studio_prices_pk PRIMARY KEY (tenant_id, term_id, studio_id),
  CONSTRAINT term_studio_prices_payment_frequency_id_fk FOREIGN KEY (tenant_id, payment_frequency_id) REFERENCES payment_frequencies(tenant_id, id),
  CONSTRAINT term_studio_prices_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT term_studio_prices_term_id_fk FOREIGN KEY (tenant_id, term_id) REFERENCES membership_offer_terms(tenant_id, id)
);
ALTER TABLE term_studio_prices ENABLE ROW LEVEL SECURITY;
ALTER TABLE term_studio_prices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON term_studio_prices FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER term_studio_prices_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.term_studio_prices FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE text_blocks (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  has_signature boolean DEFAULT false NOT NULL,
  confirmation_required boolean DEFAULT false NOT NULL,
  show_communication_privacy_options boolean DEFAULT false NOT NULL,
  attachment_type text DEFAULT 'NONE'::text NOT NULL,
  document_id bigint,
  url text,
  url_title text,
  CONSTRAINT text_blocks_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT text_blocks_document_id_fk FOREIGN KEY (tenant_id, document_id) REFERENCES files(tenant_id, id),
  CONSTRAINT text_blocks_attachment_type_known CHECK ((attachment_type = ANY (ARRAY['NONE'::text, 'FILE'::text, 'URL'::text, 'CONTRACT_PDF_PREVIEW'::text]))),
  CONSTRAINT text_blocks_file_given CHECK (((attachment_type = 'FILE'::text) = (document_id IS NOT NULL))),
  CONSTRAINT text_blocks_url_given CHECK (((attachment_type = 'URL'::text) = (url IS NOT NULL)))
);
ALTER TABLE text_blocks ENABLE ROW LEVEL SECURITY;
ALTER TABLE text_blocks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON text_blocks FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app
CREATE TRIGGER text_blocks_catalogue AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.text_blocks FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

CREATE TABLE text_overrides (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  key text NOT NULL,
  language text NOT NULL,
  text text NOT NULL,
  CONSTRAINT text_overrides_pk PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX text_overrides_one_per_language ON public.text_overrides USING btree (tenant_id, key, language);
ALTER TABLE text_overrides ENABLE ROW LEVEL SECURITY;
ALTER TABLE text_overrides FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON text_overrides FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE trial_offer_assignments (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  studio_id bigint NOT NULL,
  config_id bigint NOT NULL,
  class_id bigint,
  bookable_id bigint,
  CONSTRAINT trial_offer_assignments_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT trial_offer_assignments_bookable_id_fk FOREIGN KEY (tenant_id, bookable_id) REFERENCES bookable_appointments(tenant_id, id),
  CONSTRAINT trial_offer_assignments_class_id_fk FOREIGN KEY (tenant_id, class_id) REFERENCES classes(tenant_id, id),
  CONSTRAINT trial_offer_assignments_config_id_fk FOREIGN KEY (tenant_id, config_id) REFERENCES trial_offer_configs(tenant_id, id),
  CONSTRAINT trial_offer_assignments_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT trial_offer_assignments_one_thing CHECK ((num_nonnulls(class_id, bookable_id) = 1))
);
CREATE UNIQUE INDEX trial_offer_assignments_bookable_unique ON public.trial_offer_assignments USING btree (tenant_id, bookable_id);
CREATE UNIQUE INDEX trial_offer_assignments_class_unique ON public.trial_offer_assignments USING btree (tenant_id, class_id);
CREATE INDEX trial_offer_assignments_config ON public.trial_offer_assignments USING btree (tenant_id, config_id);
ALTER TABLE trial_offer_assignments ENABLE ROW LEVEL SECURITY;
ALTER TABLE trial_offer_assignments FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON trial_offer_assignments FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE trial_offer_configs (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  studio_id bigint NOT NULL,
  name text NOT NULL,
  active boolean DEFAULT true NOT NULL,
  contingent integer NOT NULL,
  prevent_multiple_term_value integer DEFAULT 0 NOT NULL,
  prevent_multiple_term_unit text DEFAULT 'DAY'::text NOT NULL,
  confirmation_term_value integer,
  confirmation_term_unit text,
  allow_booking_for_leads boolean DEFAULT true NOT NULL,
  lead_data_config_id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  gender_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  date_of_birth_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  telephone_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  address_mode text DEFAULT 'OPTIONAL'::text NOT NULL,
  CONSTRAINT trial_offer_configs_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT trial_offer_configs_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT trial_offer_configs_address_mode_known CHECK ((address_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT trial_offer_configs_confirmation_term_unit_known CHECK ((confirmation_term_unit = ANY (ARRAY['MINUTES'::text, 'HOURS'::text, 'DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT trial_offer_configs_confirmation_term_whole CHECK (((num_nonnulls(confirmation_term_value, confirmation_term_unit) = ANY (ARRAY[0, 2])) AND (confirmation_term_value >= 0))),
  CONSTRAINT trial_offer_configs_contingent_positive CHECK ((contingent >= 1)),
  CONSTRAINT trial_offer_configs_date_of_birth_mode_known CHECK ((date_of_birth_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT trial_offer_configs_gender_mode_known CHECK ((gender_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text]))),
  CONSTRAINT trial_offer_configs_prevent_multiple_term_unit_known CHECK ((prevent_multiple_term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT trial_offer_configs_prevent_multiple_term_whole CHECK (((num_nonnulls(prevent_multiple_term_value, prevent_multiple_term_unit) = ANY (ARRAY[0, 2])) AND (prevent_multiple_term_value >= 0))),
  CONSTRAINT trial_offer_configs_telephone_mode_known CHECK ((telephone_mode = ANY (ARRAY['INACTIVE'::text, 'OPTIONAL'::text, 'MANDATORY'::text])))
);
CREATE INDEX trial_offer_configs_studio ON public.trial_offer_configs USING btree (tenant_id, studio_id);
ALTER TABLE trial_offer_configs ENABLE ROW LEVEL SECURITY;
ALTER TABLE trial_offer_configs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON trial_offer_configs FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE vending_transactions (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  device_id bigint NOT NULL,
  transaction_id uuid NOT NULL,
  customer_id bigint NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  expires_at timestamp with time zone,
  shelf text,
  price numeric(19,4),
  ledger_entry_id bigint,
  late boolean DEFAULT false NOT NULL,
  CONSTRAINT vending_transactions_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT vending_transactions_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT vending_transactions_device_id_fk FOREIGN KEY (tenant_id, device_id) REFERENCES devices(tenant_id, id),
  CONSTRAINT vending_transactions_expire CHECK (((kind = 'VENDING'::text) = (expires_at IS NOT NULL))),
  CONSTRAINT vending_transactions_kind_known CHECK ((kind = ANY (ARRAY['VENDING'::text, 'REVALUE'::text]))),
  CONSTRAINT vending_transactions_late CHECK (((NOT late) OR (state = 'COMPLETED'::text))),
  CONSTRAINT vending_transactions_reserved CHECK (((state <> 'RESERVED'::text) OR (shelf IS NOT NULL))),
  CONSTRAINT vending_transactions_shelf_priced CHECK (((shelf IS NULL) OR (price IS NOT NULL))),
  CONSTRAINT vending_transactions_state_known CHECK ((state = ANY (ARRAY['IDENTIFIED'::text, 'RESERVED'::text, 'COMPLETED'::text, 'EXPIRED'::text]))),
  CONSTRAINT vending_transactions_top_up CHECK (((kind = 'VENDING'::text) OR ((state = 'COMPLETED'::text) AND (price > (0)::numeric))))
);
CREATE INDEX vending_transactions_customer_id_ref ON public.vending_transactions USING btree (tenant_id, customer_id);
CREATE INDEX vending_transactions_device ON public.vending_transactions USING btree (tenant_id, device_id, id);
CREATE INDEX vending_transactions_expiry ON public.vending_transactions USING btree (tenant_id, expires_at) WHERE (state = ANY (ARRAY['IDENTIFIED'::text, 'RESERVED'::text]));
CREATE UNIQUE INDEX vending_transactions_id_unique ON public.vending_transactions USING btree (tenant_id, transaction_id, kind);
CREATE UNIQUE INDEX vending_transactions_one_live ON public.vending_transactions USING btree (tenant_id, customer_id) WHERE (state = ANY (ARRAY['IDENTIFIED'::text, 'RESERVED'::text]));
ALTER TABLE vending_transactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE vending_transactions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON vending_transactions FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE voucher_discount_periods (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  voucher_id bigint NOT NULL,
  seq integer NOT NULL,
  type text NOT NULL,
  percentage numeric(7,4),
  amount numeric(19,4),
  effective text NOT NULL,
  term_value integer,
  term_unit text,
  CONSTRAINT voucher_discount_periods_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT voucher_discount_periods_voucher_id_fk FOREIGN KEY (tenant_id, voucher_id) REFERENCES membership_vouchers(tenant_id, id),
  CONSTRAINT voucher_discount_periods_amount CHECK (((type = 'ABSOLUTE'::text) = (amount IS NOT NULL))),
  CONSTRAINT voucher_discount_periods_effective_known CHECK ((effective = ANY (ARRAY['UNLIMITED'::text, 'INITIAL_TERM'::text, 'TIME_BASED'::text]))),
  CONSTRAINT voucher_discount_periods_percentage CHECK (((type = 'PERCENTAGE'::text) = (percentage IS NOT NULL))),
  CONSTRAINT voucher_discount_periods_term_unit_known CHECK ((term_unit = ANY (ARRAY['DAY'::text, 'WEEK'::text, 'MONTH'::text, 'YEAR'::text]))),
  CONSTRAINT voucher_discount_periods_term_whole CHECK (((num_nonnulls(term_value, term_unit) = ANY (ARRAY[0, 2])) AND (term_value >= 0))),
  CONSTRAINT voucher_discount_periods_timed CHECK (((effective = 'TIME_BASED'::text) = (term_value IS NOT NULL))),
  CONSTRAINT voucher_discount_periods_type_known CHECK ((type = ANY (ARRAY['PERCENTAGE'::text, 'ABSOLUTE'::text]))),
  CONSTRAINT voucher_discount_periods_within CHECK ((((percentage >= (0)::numeric) AND (percentage <= (100)::numeric)) AND (amount >= (0)::numeric)))
);
CREATE UNIQUE INDEX voucher_discount_periods_seq ON public.voucher_discount_periods USING btree (tenant_id, voucher_id, seq);
ALTER TABLE voucher_discount_periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE voucher_discount_periods FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON voucher_discount_periods FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE webhook_attempts (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  delivery_id bigint NOT NULL,
  no integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  duration_ms integer NOT NULL,
  http_status integer,
  error text,
  answer text,
  CONSTRAINT webhook_attempts_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT webhook_attempts_delivery_id_fk FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_deliveries(tenant_id, id)
);
CREATE INDEX webhook_attempts_delivery ON public.webhook_attempts USING btree (tenant_id, delivery_id, id);
ALTER TABLE webhook_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON webhook_attempts FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE TABLE webhook_deliveries (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  event_id bigint NOT NULL,
  endpoint_id bigint NOT NULL,
  activation_id bigint NOT NULL,
  state text NOT NULL,
  attempt_no integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone NOT NULL,
  lease_until timestamp with time zone,
  entity_id bigint NOT NULL,
  finished_at timestamp with time zone,
  CONSTRAINT webhook_deliveries_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT webhook_deliveries_activation_id_fk FOREIGN KEY (tenant_id, activation_id) REFERENCES activations(tenant_id, id),
  CONSTRAINT webhook_deliveries_endpoint_id_fk FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints(tenant_id, id),
  CONSTRAINT webhook_deliveries_event_id_fk FOREIGN KEY (tenant_id, event_id) REFERENCES outbox_events(tenant_id, id),
  CONSTRAINT webhook_deliveries_state_known CHECK ((state = ANY (ARRAY['PENDING'::text, 'RETRY_WAIT'::text, 'DELIVERED'::text, 'DEAD'::text, 'CANCELLED'::text])))
) WITH (fillfactor=70);
CREATE INDEX webhook_deliveries_dead ON public.webhook_deliveries USING btree (tenant_id, id) WHERE (state = 'DEAD'::text);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (tenant_id, next_attempt_at) WHERE (state = ANY (ARRAY['PENDING'::text, 'RETRY_WAIT'::text]));
CREATE INDEX webhook_deliveries_finished ON public.webhook_deliveries USING btree (tenant_id, finished_at) WHERE (finished_at IS NOT NULL);
CREATE UNIQUE INDEX webhook_deliveries_once ON public.webhook_deliveries USING btree (tenant_id, event_id, endpoint_id, activation_id);
CREATE INDEX webhook_deliveries_open ON public.webhook_deliveries USING btree (tenant_id, endpoint_id, id) WHERE (state = ANY (ARRAY['PENDING'::text, 'RETRY_WAIT'::text]));
ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON webhook_deliveries FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON webhook_deliveries FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE webhook_endpoints (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  version integer DEFAULT 0 NOT NULL,
  integration_id bigint NOT NULL,
  url text NOT NULL,
  event_types text[],
  status text NOT NULL,
  extended_payload boolean DEFAULT false NOT NULL,
  served_by uuid,
  served_until timestamp with time zone,
  CONSTRAINT webhook_endpoints_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT webhook_endpoints_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT webhook_endpoints_status_known CHECK ((status = ANY (ARRAY['ACTIVE'::text, 'PAUSED'::text, 'DELETED'::text])))
);
CREATE INDEX webhook_endpoints_integration ON public.webhook_endpoints USING btree (tenant_id, integration_id);
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY lookup_before_tenant ON webhook_endpoints FOR SELECT TO palestra_lookup USING (true);
CREATE POLICY own_tenant ON webhook_endpoints FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app; grant SELECT to palestra_lookup

CREATE TABLE weighings (
  id bigint DEFAULT nextval('palestra_id'::regclass) NOT NULL,
  tenant_id bigint DEFAULT (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  customer_id bigint NOT NULL,
  measured_at timestamp with time zone NOT NULL,
  integration_id bigint,
  studio_id bigint NOT NULL,
  basal_metabolic_rate numeric(9,4),
  body_fat_mass numeric(9,4),
  body_mass_index numeric(9,4),
  fat_free_mass numeric(9,4),
  percent_body_fat numeric(9,4),
  percent_skeletal_muscle_mass numeric(9,4),
  skeletal_muscle_mass numeric(9,4),
  total_body_water numeric(9,4),
  visceral_fat_level numeric(9,4),
  weight numeric(9,4),
  height numeric(9,4),
  bfm_left_arm numeric(9,4),
  bfm_left_leg numeric(9,4),
  bfm_percent_left_arm numeric(9,4),
  bfm_percent_left_leg numeric(9,4),
  bfm_percent_right_arm numeric(9,4),
  bfm_percent_right_leg numeric(9,4),
  bfm_percent_trunk numeric(9,4),
  bfm_right_arm numeric(9,4),
  bfm_right_leg numeric(9,4),
  bfm_trunk numeric(9,4),
  ffm_left_arm numeric(9,4),
  ffm_left_leg numeric(9,4),
  ffm_percent_left_arm numeric(9,4),
  ffm_percent_left_leg numeric(9,4),
  ffm_percent_right_arm numeric(9,4),
  ffm_percent_right_leg numeric(9,4),
  ffm_percent_trunk numeric(9,4),
  ffm_right_arm numeric(9,4),
  ffm_right_leg numeric(9,4),
  ffm_trunk numeric(9,4),
  raw_results_enc bytea,
  raw_hash bytea,
  benefit_usage_id bigint,
  CONSTRAINT weighings_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT weighings_customer_id_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  CONSTRAINT weighings_integration_id_fk FOREIGN KEY (tenant_id, integration_id) REFERENCES integrations(tenant_id, id),
  CONSTRAINT weighings_studio_id_fk FOREIGN KEY (tenant_id, studio_id) REFERENCES studios(tenant_id, id),
  CONSTRAINT weighings_raw_whole CHECK ((num_nonnulls(raw_results_enc, raw_hash) =
CASE
    WHEN (integration_id IS NULL) THEN 0
    ELSE 2
END))
);
CREATE INDEX weighings_customer ON public.weighings USING btree (tenant_id, customer_id, measured_at DESC, id DESC);
ALTER TABLE weighings ENABLE ROW LEVEL SECURITY;
ALTER TABLE weighings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON weighings FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)) WITH CHECK ((tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint));
-- grant DELETE to palestra_app; grant INSERT to palestra_app; grant SELECT to palestra_app; grant UPDATE to palestra_app

CREATE OR REPLACE FUNCTION public.palestra_cancelation_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n
    LEFT JOIN sub_contracts s ON s.tenant_id = n.tenant_id AND s.id = n.sub_contract_id
    JOIN contracts k ON k.tenant_id = n.tenant_id AND k.id = coalesce(n.contract_id, s.contract_id)) AS touched
  GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_catalogue_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  own bigint := nullif(current_setting('palestra.tenant_id', true), '')::bigint;
BEGIN
  IF current_setting('palestra.tenant_removal', true) = 'on' THEN
    RETURN NULL;
  END IF;
  UPDATE catalogue_versions SET version = gen_random_uuid() WHERE own IS NULL OR tenant_id = own;
  IF NOT FOUND AND own IS NOT NULL THEN
    INSERT INTO catalogue_versions (tenant_id, version) VALUES (own, gen_random_uuid())
    ON CONFLICT (tenant_id) DO UPDATE SET version = excluded.version;
  END IF;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_category_times_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM (SELECT DISTINCT tenant_id, category_id FROM changed) t
    JOIN contract_phases p ON p.tenant_id = t.tenant_id AND (p.snapshot ->> 'openingHourCategoryId')::bigint = t.category_id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_check_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  entry bigint;
  is_whole boolean;
BEGIN
  IF TG_TABLE_NAME = 'postings' THEN entry := NEW.entry_id; ELSE entry := NEW.id; END IF;
  SELECT count(*) >= 2 AND count(DISTINCT currency) = 1 AND sum(amount) = 0 INTO is_whole
  FROM postings WHERE tenant_id = NEW.tenant_id AND entry_id = entry;
  IF NOT is_whole THEN
    RAISE EXCEPTION 'the journal entry % does not add up', entry
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_balanced';
  END IF;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_contract_part_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id
      FROM (SELECT tenant_id, contract_id FROM changed UNION SELECT tenant_id, contract_id FROM before) p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id FROM changed p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_contract_standings(c customers)
 RETURNS json
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_currency_digits(currency text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  SELECT CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4
    ELSE 2
  END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_bank_account(wanted_tenant bigint, wanted bigint)
 RETURNS TABLE(bank_account json)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  SELECT json_build_object('holder', i.holder, 'bank', i.bank, 'bic', i.bic, 'sealedIban',
    CASE WHEN i.type IN ('SEPA', 'CH_DD', 'LSV') THEN translate(encode(i.account_enc, 'base64'), E'\n', '') END)
  FROM payment_instruments i
  WHERE i.tenant_id = wanted_tenant AND i.customer_id = wanted AND i.is_run_default AND i.state = 'ACTIVE'
    AND i.type IN ('SEPA', 'CH_DD', 'LSV', 'BACS', 'ACH')
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT tenant_id, id AS customer_id FROM changed) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_idle_periods(wanted_tenant bigint, wanted bigint)
 RETURNS TABLE(idle_periods json)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  SELECT json_agg(json_build_object('id', p.id, 'startDate', p.start_date, 'endDate', coalesce(p.end_date, k.committed_end),
      'reason', n.name, 'unlimited', p.unlimited, 'contractId', k.id, 'rateName', k.snapshot ->> 'rateName')
    ORDER BY p.start_date, p.id)
  FROM contracts k JOIN idle_periods p ON p.tenant_id = k.tenant_id AND p.contract_id = k.id AND p.state = 'ACCEPTED'
    LEFT JOIN idle_reasons n ON n.tenant_id = p.tenant_id AND n.id = p.reason_id
  WHERE k.tenant_id = wanted_tenant AND k.customer_id = wanted AND k.voided_at IS NULL
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_part_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (
      SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL
      UNION SELECT tenant_id, customer_id FROM before WHERE customer_id IS NOT NULL
    ) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_standing(c customers)
 RETURNS json
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT json_build_object(
    'zone', (SELECT s.time_zone FROM studios s WHERE s.tenant_id = c.tenant_id AND s.id = c.studio_id),
    'restrictions', (SELECT json_agg(json_build_object('startDate', r.start_date, 'endDate', r.end_date) ORDER BY r.id)
      FROM access_restrictions r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    'contracts', palestra_contract_standings(c))
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_views_key(wanted_tenant bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
  SELECT hashtextextended('customer-views:' || wanted_tenant, 0)
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_customer_whole(c customers)
 RETURNS json
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT row_to_json(whole) FROM (SELECT
    c.id, c.customer_number AS "customerNumber", c.first_name AS "firstName", c.last_name AS "lastName",
    c.date_of_birth AS "dateOfBirth", c.email, c.gender, c.street, c.house_number AS "houseNumber", c.zip_code AS "zipCode",
    c.city, c.country_code AS "country", c.phone_private AS "phonePrivate", c.phone_private_mobile AS "phonePrivateMobile",
    c.phone_business AS "phoneBusiness", c.phone_business_mobile AS "phoneBusinessMobile", c.uuid,
    c.referral_code AS "referralCode", c.studio_id AS "studioId", c.second_first_name AS "secondFirstName",
    c.second_last_name AS "secondLastName", c.second_street AS "secondStreet", c.city_part AS "cityPart", c.district,
    c.street_type AS "streetType", c.street_block AS "streetBlock", c.portal, c.stairway, c.door, c.province,
    c.province_code AS "provinceCode",
    c.additional_address_information AS "additionalAddressInformation", c.floor, c.building_name AS "buildingName",
    c.membership_until AS "membershipUntil", c.language_code AS "languageCode", c.language_country AS "languageCountry",
    c.image_file_id AS "imageFileId", floor(extract(epoch from c.created_at) * 1000)::bigint AS "createdMs",
    (SELECT s.time_zone FROM studios s WHERE s.tenant_id = c.tenant_id AND s.id = c.studio_id) AS zone,
    (SELECT json_agg(json_build_object('id', m.id, 'type', m.type, 'value', m.value_norm,
        'sealed', translate(encode(m.value_enc, 'base64'), E'\n', ''),
        'validUntilMs', floor(extract(epoch from m.valid_until) * 1000)::bigint) ORDER BY m.id)
      FROM access_mediums m
      WHERE m.tenant_id = c.tenant_id AND m.customer_id = c.id AND m.removed_at IS NULL) AS mediums,
    (SELECT json_agg(json_build_object('reason', r.reason, 'startDate', r.start_date, 'endDate', r.end_date)
        ORDER BY r.start_date NULLS FIRST, r.id)
      FROM access_restrictions r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id) AS restrictions,
    (SELECT json_agg(json_build_object('integrationId', t.integration_id, 'value', t.value))
      FROM customer_third_party_ids t WHERE t.tenant_id = c.tenant_id AND t.customer_id = c.id) AS "thirdPartyIds",
    (SELECT json_agg(json_build_object('additionalInformationFieldId', a.field_id, 'value', a.value) ORDER BY a.field_id)
      FROM additional_information_assignments a JOIN additional_information_fields f
        ON f.tenant_id = a.tenant_id AND f.id = a.field_id AND f.active AND c.studio_id = ANY (f.studio_ids)
      WHERE a.tenant_id = c.tenant_id AND a.customer_id = c.id) AS assignments,
    (SELECT p.idle_periods FROM palestra_customer_idle_periods(c.tenant_id, c.id) p) AS "idlePeriods",
    (SELECT i.bank_account FROM palestra_customer_bank_account(c.tenant_id, c.id) i) AS "bankAccount"
  ) whole
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_delete_customer(gone bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  DELETE FROM access_mediums WHERE customer_id = gone;
  DELETE FROM customers WHERE id = gone AND erased_at IS NOT NULL;
  RETURN FOUND;
EXCEPTION WHEN foreign_key_violation THEN
  RETURN false;
END $function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_due_routines(names text[], real_now timestamp with time zone)
 RETURNS TABLE(tenant_id bigint, name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT j.tenant_id, j.name FROM scheduled_jobs j
  WHERE j.studio_id IS NULL AND j.name = ANY (names) AND j.next_run_at <= real_now
    AND (j.locked_until IS NULL OR j.locked_until <= real_now)
  ORDER BY j.next_run_at, j.tenant_id, j.name
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_calendar_feed(wanted_hash bytea)
 RETURNS TABLE(feed_id bigint, class_id bigint, employee_id bigint, booking_id bigint, tenant_id bigint, tenant_slug text, tenant_status text, default_language text, activation_status text, scopes text[], integration_id bigint, visible_studio_ids bigint[], studio_id bigint, studio_name text, studio_status text, time_zone text, language_tag text, street text, house_number text, zip text, city text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT f.id, f.class_id, f.employee_id, f.booking_id, t.id, t.slug, t.status, t.default_language,
    a.status, a.scopes, a.integration_id,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = f.tenant_id AND v.integration_id = a.integration_id AND v.status = 'ACTIVE' ORDER BY v.studio_id),
    s.id, s.name, s.status, s.time_zone, s.language_tag, s.street, s.house_number, s.zip, s.city
  FROM calendar_feeds f
  JOIN activations a ON a.tenant_id = f.tenant_id AND a.id = f.activation_id
  JOIN studios s ON s.tenant_id = f.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = f.tenant_id AND t.id = f.tenant_id
  WHERE f.token_hash = wanted_hash
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_device(wanted_hash bytea)
 RETURNS TABLE(device_id bigint, device_model text, device_state text, device_config jsonb, studio_id bigint, studio_name text, time_zone text, currency character, language_tag text, country_code character, studio_status text, tenant_id bigint, tenant_slug text, tenant_status text, default_language text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT
    d.id, d.model, d.state, d.config,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language
  FROM devices d
  JOIN studios s ON s.tenant_id = d.tenant_id AND s.id = d.studio_id
  JOIN tenants t ON t.tenant_id = d.tenant_id AND t.id = d.tenant_id
  WHERE d.token_hash = wanted_hash
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_file(wanted_id bigint)
 RETURNS TABLE(file_id bigint, tenant_id bigint, tenant_slug text, storage_key text, mime text, size bigint, sha256 bytea, original_name text, scan_state text, delete_after timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT f.id, f.tenant_id, t.slug, f.storage_key, f.mime, f.size, f.sha256, f.original_name, f.scan_state, f.delete_after
  FROM tenants t JOIN files f ON f.tenant_id = t.id WHERE f.id = wanted_id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_key(wanted_hash bytea)
 RETURNS TABLE(key_id bigint, key_kind text, key_status text, key_expires_at timestamp with time zone, key_last_used_at timestamp with time zone, activation_id bigint, activation_status text, scopes text[], confirmed_at timestamp with time zone, webhooks_enabled_at timestamp with time zone, integration_id bigint, integration_name text, webhook_access boolean, rate_limit_default integer, rate_limit_overrides jsonb, date_time_form text, absent_values text, studio_id bigint, studio_name text, time_zone text, currency character, language_tag text, country_code character, studio_status text, tenant_id bigint, tenant_slug text, tenant_status text, default_language text, visible_studio_ids bigint[])
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT
    k.id, k.kind, k.status, k.expires_at, k.last_used_at,
    a.id, a.status, a.scopes, a.confirmed_at, a.webhooks_enabled_at,
    i.id, i.name, i.webhook_access, i.rate_limit_default, i.rate_limit_overrides,
    i.date_time_form, i.absent_values,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = k.tenant_id AND v.integration_id = i.id AND v.status = 'ACTIVE' ORDER BY v.studio_id)
  FROM api_keys k
  JOIN activations a ON a.tenant_id = k.tenant_id AND a.id = k.activation_id
  JOIN integrations i ON i.tenant_id = k.tenant_id AND i.id = a.integration_id
  JOIN studios s ON s.tenant_id = k.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = k.tenant_id AND t.id = k.tenant_id
  WHERE k.key_hash = wanted_hash AND k.kind = 'INBOUND'
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_key_reveal(wanted_hash bytea)
 RETURNS TABLE(reveal_id bigint, tenant_id bigint, tenant_slug text, tenant_status text, default_language text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT r.id, t.id, t.slug, t.status, t.default_language
  FROM key_reveals r JOIN tenants t ON t.tenant_id = r.tenant_id AND t.id = r.tenant_id
  WHERE r.token_hash = wanted_hash
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_payment_session(wanted_hash bytea)
 RETURNS TABLE(session_id bigint, tenant_id bigint, tenant_status text, default_language text, language_tag text, time_zone text, allowed_origins text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT p.id, t.id, t.status, t.default_language, s.language_tag, s.time_zone, coalesce(o.allowed_origins, '{}')
  FROM payment_sessions p
  JOIN studios s ON s.tenant_id = p.tenant_id AND s.id = p.studio_id
  JOIN tenants t ON t.tenant_id = p.tenant_id AND t.id = p.tenant_id
  LEFT JOIN payment_settings o ON o.tenant_id = p.tenant_id AND o.studio_id = p.studio_id
  WHERE p.token_sha256 = wanted_hash
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_sandbox_action(wanted uuid)
 RETURNS TABLE(tenant_id bigint, charge_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT c.tenant_id, c.id FROM sandbox_charges c WHERE c.action_key = wanted
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_stripe_account(wanted bigint)
 RETURNS TABLE(tenant_id bigint, webhook_secret_enc bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT a.tenant_id, a.webhook_secret_enc
  FROM stripe_accounts a
  JOIN tenants t ON t.tenant_id = a.tenant_id AND t.id = a.tenant_id
  WHERE a.studio_id = wanted AND t.status = 'ACTIVE'
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_find_tenant(wanted_slug text)
 RETURNS TABLE(tenant_id bigint, slug text, status text, name text, default_language text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id, t.slug, t.status, t.name, t.default_language FROM tenants t WHERE t.slug = wanted_slug
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_guard_audit_log()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seal_no IS NULL AND NEW.seal_no IS NOT NULL
     AND to_jsonb(NEW) - 'seal_no' = to_jsonb(OLD) - 'seal_no' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND OLD.seal_no IS NOT NULL AND current_setting('palestra.audit_retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_log_append_only';
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_guard_entry_day()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF palestra_open_day(NEW.studio_id, NEW.booking_date) > NEW.booking_date THEN
    RAISE EXCEPTION 'the day % of studio % is closed', NEW.booking_date, NEW.studio_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_day_open';
  END IF;
  RETURN NEW;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_guard_ledger()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('palestra.tenant_removal', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_idle_reason_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n JOIN idle_periods p ON p.tenant_id = n.tenant_id AND p.reason_id = n.id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_information_field_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT a.tenant_id, a.customer_id FROM changed f
    JOIN additional_information_assignments a ON a.tenant_id = f.tenant_id AND a.field_id = f.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_keep_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  RAISE EXCEPTION '% keeps what it belongs to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_last_day(canceled_to date, snapshot jsonb, committed_end date)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog'
AS $function$
  SELECT coalesce(canceled_to, CASE WHEN snapshot ->> 'extensionType' IN ('TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL') THEN NULL
    ELSE committed_end END)
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_list_tenants()
 RETURNS TABLE(tenant_id bigint, slug text, status text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id, t.slug, t.status FROM tenants t ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_open_day(studio bigint, wanted date)
 RETURNS date
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('palestra.day_close', studio));
  RETURN greatest(wanted, (SELECT max(day) + 1 FROM day_closes WHERE studio_id = studio));
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_open_for_lookup(target regclass)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO palestra_lookup', target);
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'lookup_before_tenant') THEN
    EXECUTE format('CREATE POLICY lookup_before_tenant ON %s FOR SELECT TO palestra_lookup USING (true)', target);
  END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.palestra_own_lookup(target regprocedure)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', target);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO palestra_app', target);
  -- Only a role that may create in the schema may own something there.
  GRANT CREATE ON SCHEMA public TO palestra_lookup;
  EXECUTE format('ALTER FUNCTION %s OWNER TO palestra_lookup', target);
  REVOKE CREATE ON SCHEMA public FROM palestra_lookup;
END
$function$;

CREATE OR REPLACE FUNCTION public.palestra_protect_tables()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid::regclass
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'own_tenant') THEN
      -- nullif: a connection that was never stamped reads NULL, one whose stamp was cleared reads ''.
      EXECUTE format(
        'CREATE POLICY own_tenant ON %s USING (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)'
        ' WITH CHECK (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)', target);
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO palestra_app', target);
  END LOOP;
END
$function$;

CREATE OR REPLACE FUNCTION public.palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
  later bigint := nullif(current_setting('palestra.views_later', true), '')::bigint;
BEGIN
  -- A unit that writes much about this customer makes its view at the end (src/customers/views-once.ts).
  wanted := array_remove(wanted, later);
  IF cardinality(wanted) = 0 THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(palestra_customer_views_key(wanted_tenant));
  PERFORM FROM customers c WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) ORDER BY c.id FOR NO KEY UPDATE;
  DELETE FROM customer_views v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted)
    AND c.tenant_id = v.tenant_id AND c.id = v.customer_id AND (c.erased_at IS NOT NULL OR c.system);
  DELETE FROM customer_standings v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted) AND c.tenant_id = v.tenant_id AND c.id = v.customer_id
    AND (c.erased_at IS NOT NULL OR c.system OR c.merged_into_id IS NOT NULL);
  INSERT INTO customer_views (tenant_id, customer_id, studio_id, blocked_integration_ids, whole)
  SELECT c.tenant_id, c.id, c.studio_id,
    ARRAY(SELECT b.integration_id FROM customer_integration_blocks b WHERE b.tenant_id = c.tenant_id AND b.customer_id = c.id),
    palestra_customer_whole(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) AND c.erased_at IS NULL AND NOT c.system
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET
    studio_id = excluded.studio_id, blocked_integration_ids = excluded.blocked_integration_ids, whole = excluded.whole;
  INSERT INTO customer_standings AS known (tenant_id, customer_id, standing)
  SELECT c.tenant_id, c.id, palestra_customer_standing(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted)
    AND c.erased_at IS NULL AND NOT c.system AND c.merged_into_id IS NULL
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET standing = excluded.standing
  WHERE known.standing::text <> excluded.standing::text;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_refuse(code text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'refused by a condition of the statement' USING ERRCODE = code;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_studio_zone_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id))
  FROM (SELECT DISTINCT s.tenant_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT c.tenant_id, c.id AS customer_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone
    JOIN customers c ON c.tenant_id = s.tenant_id AND c.studio_id = s.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_tenant_now(mode text, offset_ms bigint, frozen_at timestamp with time zone, real_now timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT CASE mode
    WHEN 'OFFSET' THEN real_now + offset_ms * interval '1 millisecond'
    WHEN 'FROZEN' THEN frozen_at
    ELSE real_now
  END
$function$;
-- grant EXECUTE to public

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_deliveries(real_now timestamp with time zone)
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM webhook_deliveries d
    JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id AND e.status = 'ACTIVE'
    JOIN activations a ON a.tenant_id = d.tenant_id AND a.id = d.activation_id AND a.status = 'ACTIVE'
    WHERE d.tenant_id = t.id AND d.state IN ('PENDING', 'RETRY_WAIT')
      AND d.next_attempt_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now)
      AND (d.lease_until IS NULL OR d.lease_until <= real_now))
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_due_documents(real_now timestamp with time zone)
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM contract_documents d
    WHERE d.tenant_id = t.id AND d.file_id IS NULL AND (d.due_at IS NULL OR d.due_at <= real_now))
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_due_jobs(names text[], real_now timestamp with time zone)
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM scheduled_jobs j
    WHERE j.tenant_id = t.id AND j.studio_id IS NOT NULL AND j.name = ANY (names)
      AND j.next_run_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now))
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_due_mails(real_now timestamp with time zone)
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM outgoing_mails m
    WHERE m.tenant_id = t.id AND m.state IN ('QUEUED', 'SENDING') AND (m.due_at IS NULL OR m.due_at <= real_now))
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_outbox()
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM outbox_events e WHERE e.tenant_id = t.id AND e.fanned_out_at IS NULL)
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup

CREATE OR REPLACE FUNCTION public.palestra_tenants_with_unsealed_audit()
 RETURNS TABLE(tenant_id bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM audit_log l WHERE l.tenant_id = t.id AND l.seal_no IS NULL)
  ORDER BY t.id
$function$;
-- owner: palestra_lookup
-- grant EXECUTE to palestra_app; grant EXECUTE to palestra_lookup
