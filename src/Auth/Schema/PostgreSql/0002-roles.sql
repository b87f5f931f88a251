ALTER TABLE "AspNetUsers" ADD COLUMN "Role" character varying(20);
