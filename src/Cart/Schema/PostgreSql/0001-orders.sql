CREATE TABLE orders (
    "Id" uuid NOT NULL,
    "Number" text NOT NULL,
    "Owner" text NOT NULL,
    "IdempotencyKey" text NOT NULL,
    "RequestHash" text NOT NULL,
    "Cart" text NOT NULL,
    "CartVersion" bigint NOT NULL,
    "OpenCart" text,
    "Unfinished" boolean NOT NULL,
    "State" text NOT NULL,
    "Revision" bigint NOT NULL,
    "LeaseUntil" timestamp with time zone NOT NULL,
    "Attempts" integer NOT NULL,
    "NextAttemptAt" timestamp with time zone NOT NULL,
    "PayingAt" timestamp with time zone,
    "CreatedAt" timestamp with time zone NOT NULL,
    "AcceptedAt" timestamp with time zone,
    "HoldExpiresAt" timestamp with time zone,
    "Email" text NOT NULL,
    "Name" text NOT NULL,
    "Line1" text NOT NULL,
    "Line2" text,
    "City" text NOT NULL,
    "PostalCode" text NOT NULL,
    "Country" text NOT NULL,
    "Delivery" text NOT NULL,
    "Subtotal" bigint NOT NULL,
    "Shipping" bigint NOT NULL,
    "Tax" bigint NOT NULL,
    "TaxRate" integer NOT NULL,
    "Total" bigint NOT NULL,
    "PaymentMethod" text NOT NULL,
    "PaymentToken" text NOT NULL,
    "PaymentReference" text,
    "Failure" text,
    "Shortages" text,
    CONSTRAINT "PK_orders" PRIMARY KEY ("Id")
);

CREATE TABLE test_payments (
    "OrderId" uuid NOT NULL,
    "Amount" bigint NOT NULL,
    "State" text NOT NULL,
    "KnownAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_test_payments" PRIMARY KEY ("OrderId")
);

CREATE TABLE order_events (
    "OrderId" uuid NOT NULL,
    "Position" integer NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "Status" text NOT NULL,
    CONSTRAINT "PK_order_events" PRIMARY KEY ("OrderId", "Position"),
    CONSTRAINT "FK_order_events_orders_OrderId" FOREIGN KEY ("OrderId") REFERENCES orders ("Id") ON DELETE CASCADE
);

CREATE TABLE order_lines (
    "OrderId" uuid NOT NULL,
    "ProductId" integer NOT NULL,
    "Position" integer NOT NULL,
    "Name" text NOT NULL,
    "Slug" text,
    "ImageUrl" text,
    "UnitPrice" bigint NOT NULL,
    "Quantity" integer NOT NULL,
    CONSTRAINT "PK_order_lines" PRIMARY KEY ("OrderId", "ProductId"),
    CONSTRAINT "FK_order_lines_orders_OrderId" FOREIGN KEY ("OrderId") REFERENCES orders ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_orders_OpenCart" ON orders ("OpenCart");

CREATE INDEX "IX_orders_Owner_AcceptedAt" ON orders ("Owner", "AcceptedAt");

CREATE UNIQUE INDEX "IX_orders_Owner_IdempotencyKey" ON orders ("Owner", "IdempotencyKey");

CREATE INDEX "IX_orders_Unfinished_NextAttemptAt" ON orders ("Unfinished", "NextAttemptAt");
