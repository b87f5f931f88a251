CREATE TABLE "orders" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Owner" TEXT NOT NULL,
    "IdempotencyKey" TEXT NOT NULL,
    "RequestHash" TEXT NOT NULL,
    "Cart" TEXT NOT NULL,
    "CartVersion" INTEGER NOT NULL,
    "OpenCart" TEXT NULL,
    "Unfinished" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Revision" INTEGER NOT NULL,
    "LeaseUntil" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "PayingAt" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    "AcceptedAt" INTEGER NULL,
    "HoldExpiresAt" INTEGER NULL,
    "Email" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Line1" TEXT NOT NULL,
    "Line2" TEXT NULL,
    "City" TEXT NOT NULL,
    "PostalCode" TEXT NOT NULL,
    "Country" TEXT NOT NULL,
    "Delivery" TEXT NOT NULL,
    "Subtotal" INTEGER NOT NULL,
    "Shipping" INTEGER NOT NULL,
    "Tax" INTEGER NOT NULL,
    "TaxRate" INTEGER NOT NULL,
    "Total" INTEGER NOT NULL,
    "PaymentMethod" TEXT NOT NULL,
    "PaymentToken" TEXT NOT NULL,
    "PaymentReference" TEXT NULL,
    "Failure" TEXT NULL,
    "Shortages" TEXT NULL
);

CREATE TABLE "test_payments" (
    "OrderId" TEXT NOT NULL CONSTRAINT "PK_test_payments" PRIMARY KEY,
    "Amount" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "KnownAt" INTEGER NOT NULL
);

CREATE TABLE "order_events" (
    "OrderId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Status" TEXT NOT NULL,
    CONSTRAINT "PK_order_events" PRIMARY KEY ("OrderId", "Position"),
    CONSTRAINT "FK_order_events_orders_OrderId" FOREIGN KEY ("OrderId") REFERENCES "orders" ("Id") ON DELETE CASCADE
);

CREATE TABLE "order_lines" (
    "OrderId" TEXT NOT NULL,
    "ProductId" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Slug" TEXT NULL,
    "ImageUrl" TEXT NULL,
    "UnitPrice" INTEGER NOT NULL,
    "Quantity" INTEGER NOT NULL,
    CONSTRAINT "PK_order_lines" PRIMARY KEY ("OrderId", "ProductId"),
    CONSTRAINT "FK_order_lines_orders_OrderId" FOREIGN KEY ("OrderId") REFERENCES "orders" ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_orders_OpenCart" ON "orders" ("OpenCart");

CREATE INDEX "IX_orders_Owner_AcceptedAt" ON "orders" ("Owner", "AcceptedAt");

CREATE UNIQUE INDEX "IX_orders_Owner_IdempotencyKey" ON "orders" ("Owner", "IdempotencyKey");

CREATE INDEX "IX_orders_Unfinished_NextAttemptAt" ON "orders" ("Unfinished", "NextAttemptAt");
