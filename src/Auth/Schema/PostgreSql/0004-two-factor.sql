CREATE TABLE "RecoveryCodes" (
    "Hash" character varying(43) NOT NULL,
    "UserId" text NOT NULL,
    CONSTRAINT "PK_RecoveryCodes" PRIMARY KEY ("Hash"),
    CONSTRAINT "FK_RecoveryCodes_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_RecoveryCodes_UserId" ON "RecoveryCodes" ("UserId");

CREATE TABLE "UsedCodes" (
    "UserId" text NOT NULL,
    "Code" character varying(8) NOT NULL,
    "UsedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_UsedCodes" PRIMARY KEY ("UserId", "Code"),
    CONSTRAINT "FK_UsedCodes_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);
