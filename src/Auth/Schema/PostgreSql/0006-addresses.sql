CREATE TABLE "Addresses" (
    "Id" uuid NOT NULL,
    "UserId" text NOT NULL,
    "Slot" integer NOT NULL,
    "Name" character varying(100) NOT NULL,
    "Line1" character varying(100) NOT NULL,
    "Line2" character varying(100),
    "City" character varying(100) NOT NULL,
    "PostalCode" character varying(20) NOT NULL,
    "Country" character varying(2) NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "PreferredAt" timestamp with time zone,
    CONSTRAINT "PK_Addresses" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Addresses_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_Addresses_UserId_Slot" ON "Addresses" ("UserId", "Slot");
