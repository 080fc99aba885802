-- CreateEnum
CREATE TYPE "role" AS ENUM ('administrator', 'supervisor', 'agent');

-- CreateEnum
CREATE TYPE "language" AS ENUM ('en', 'fr');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "username" TEXT NOT NULL,
    "password_hash" TEXT,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "agent_id" TEXT,
    "language" "language" NOT NULL DEFAULT 'en',

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "extension" TEXT NOT NULL,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phones" (
    "extension" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password" TEXT NOT NULL,

    CONSTRAINT "phones_pkey" PRIMARY KEY ("extension")
);

-- CreateTable
CREATE TABLE "trunks" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "server" TEXT,
    "registration_username" TEXT,
    "registration_password" TEXT,

    CONSTRAINT "trunks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" TEXT NOT NULL DEFAULT (gen_random_uuid())::text,
    "name" TEXT NOT NULL,
    "company" TEXT,
    "segment" TEXT,
    "notes" TEXT,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_numbers" (
    "key" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "dial_key" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,

    CONSTRAINT "customer_numbers_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "call_records" (
    "id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "ani" TEXT NOT NULL,
    "ani_key" TEXT NOT NULL,
    "ani_name" TEXT NOT NULL,
    "dnis" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "customer_id" TEXT,
    "queue" TEXT,
    "agent" TEXT,
    "extension" TEXT,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "disposition" TEXT NOT NULL,
    "ended_by" TEXT NOT NULL,
    "waited_ms" INTEGER NOT NULL,
    "talked_ms" INTEGER NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "call_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_segments" (
    "call_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "queue" TEXT,
    "agent" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_segments_pkey" PRIMARY KEY ("call_id","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_username_key" ON "users"("username");

-- CreateIndex
CREATE UNIQUE INDEX "users_agent_id_key" ON "users"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "agents_extension_key" ON "agents"("extension");

-- CreateIndex
CREATE INDEX "customers_name_idx" ON "customers"("name");

-- CreateIndex
CREATE INDEX "customer_numbers_dial_key_idx" ON "customer_numbers"("dial_key");

-- CreateIndex
CREATE INDEX "customer_numbers_customer_id_idx" ON "customer_numbers"("customer_id");

-- CreateIndex
CREATE INDEX "call_records_arrived_at_id_idx" ON "call_records"("arrived_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "call_records_ani_key_arrived_at_idx" ON "call_records"("ani_key", "arrived_at" DESC);

-- CreateIndex
CREATE INDEX "call_records_agent_arrived_at_idx" ON "call_records"("agent", "arrived_at" DESC);

-- CreateIndex
CREATE INDEX "call_records_queue_arrived_at_idx" ON "call_records"("queue", "arrived_at" DESC);

-- CreateIndex
CREATE INDEX "call_segments_agent_started_at_idx" ON "call_segments"("agent", "started_at");

-- CreateIndex
CREATE INDEX "call_segments_queue_started_at_idx" ON "call_segments"("queue", "started_at");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_extension_fkey" FOREIGN KEY ("extension") REFERENCES "phones"("extension") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_numbers" ADD CONSTRAINT "customer_numbers_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_segments" ADD CONSTRAINT "call_segments_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call_records"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Asterisk and the pages take these for, whoever writes them.
ALTER TABLE "agents" ADD CONSTRAINT "agents_id_check" CHECK ("id" ~ '^[a-z0-9][a-z0-9-]{0,63}$');
ALTER TABLE "phones" ADD CONSTRAINT "phones_extension_check" CHECK ("extension" ~ '^[0-9]{2,6}$');
ALTER TABLE "phones" ADD CONSTRAINT "phones_password_check" CHECK (length("password") >= 12);
ALTER TABLE "trunks" ADD CONSTRAINT "trunks_id_check" CHECK ("id" ~ '^[a-z0-9][a-z0-9-]{0,31}$');
ALTER TABLE "trunks" ADD CONSTRAINT "trunks_registration_check" CHECK (("registration_username" IS NULL) = ("registration_password" IS NULL));

-- A change reaches call control whoever makes it, without a restart.
CREATE FUNCTION "cordboard_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('cordboard_changed', TG_TABLE_NAME);
    RETURN NULL;
END
$$;

CREATE TRIGGER "agents_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "agents"
    FOR EACH STATEMENT EXECUTE FUNCTION "cordboard_tell_change"();
CREATE TRIGGER "phones_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "phones"
    FOR EACH STATEMENT EXECUTE FUNCTION "cordboard_tell_change"();
CREATE TRIGGER "trunks_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "trunks"
    FOR EACH STATEMENT EXECUTE FUNCTION "cordboard_tell_change"();
CREATE TRIGGER "policy_versions_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "policy_versions"
    FOR EACH STATEMENT EXECUTE FUNCTION "cordboard_tell_change"();

-- A call keeps the version it entered with, so a version must stay what it was.
CREATE FUNCTION "cordboard_refuse_policy_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published policy is never changed: publish another version.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "policy_versions_immutable" BEFORE UPDATE OF "version", "document" ON "policy_versions"
    FOR EACH ROW EXECUTE FUNCTION "cordboard_refuse_policy_change"();
