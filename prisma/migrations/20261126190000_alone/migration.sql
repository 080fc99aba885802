-- AlterTable
ALTER TABLE "call_records" ADD COLUMN     "alone" BOOLEAN NOT NULL DEFAULT false;
