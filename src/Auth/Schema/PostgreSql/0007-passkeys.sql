CREATE TABLE "Passkeys" (
    "Id" uuid NOT NULL,
    "UserId" text NOT NULL,
    "CredentialId" bytea NOT NULL,
    "PublicKey" bytea NOT NULL,
    "Name" character varying(60) NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "LastUsedAt" timestamp with time zone,
    "SignCount" bigint NOT NULL,
    "Transports" character varying(150) NOT NULL,
    "BackupEligible" boolean NOT NULL,
    "BackedUp" boolean NOT NULL,
    CONSTRAINT "PK_Passkeys" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_Passkeys_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE UNIQUE INDEX "IX_Passkeys_CredentialId" ON "Passkeys" ("CredentialId");

CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
