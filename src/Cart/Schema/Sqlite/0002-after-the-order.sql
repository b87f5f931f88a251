-- What happens after an order is placed: fulfilment, cancelling, whose account it is in, and who did what.
ALTER TABLE "orders" ADD COLUMN "Account" TEXT NULL;
ALTER TABLE "orders" ADD COLUMN "EmailKey" TEXT NOT NULL DEFAULT '';
ALTER TABLE "orders" ADD COLUMN "CancelledBy" TEXT NULL;
ALTER TABLE "orders" ADD COLUMN "Forget" INTEGER NOT NULL DEFAULT 0;

UPDATE "orders" SET "EmailKey" = lower("Email");
UPDATE "orders" SET "Account" = "Owner" WHERE "Owner" LIKE 'user:%';

CREATE TABLE "order_actions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_order_actions" PRIMARY KEY,
    "OrderId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "ActorName" TEXT NULL,
    "Before" TEXT NOT NULL,
    "After" TEXT NOT NULL,
    "Note" TEXT NULL,
    CONSTRAINT "FK_order_actions_orders_OrderId" FOREIGN KEY ("OrderId") REFERENCES "orders" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_order_actions_OrderId_At" ON "order_actions" ("OrderId", "At");
CREATE INDEX "IX_orders_Account_AcceptedAt" ON "orders" ("Account", "AcceptedAt");
CREATE INDEX "IX_orders_AcceptedAt" ON "orders" ("AcceptedAt");
CREATE INDEX "IX_orders_EmailKey" ON "orders" ("EmailKey");
CREATE INDEX "IX_orders_Forget_State" ON "orders" ("Forget", "State");
CREATE INDEX "IX_orders_Number" ON "orders" ("Number");
CREATE INDEX "IX_orders_State_AcceptedAt" ON "orders" ("State", "AcceptedAt");
