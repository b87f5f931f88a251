-- What administrators say in Simplified Chinese: null is nothing said, empty is shown in English on purpose.
ALTER TABLE "products" ADD COLUMN "ChineseName" TEXT NULL;
ALTER TABLE "products" ADD COLUMN "ChineseSummary" TEXT NULL;
ALTER TABLE "products" ADD COLUMN "ChineseDescription" TEXT NULL;
