-- What administrators say in Simplified Chinese: null is nothing said, empty is shown in English on purpose.
ALTER TABLE "products" ADD COLUMN "ChineseName" text NULL;
ALTER TABLE "products" ADD COLUMN "ChineseSummary" text NULL;
ALTER TABLE "products" ADD COLUMN "ChineseDescription" text NULL;
