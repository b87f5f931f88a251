[assembly: AssemblyFixture(typeof(ShopSession.Testing.StoreFixture))]
