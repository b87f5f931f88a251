using ShopSession.E2E.Tests.Browsers;

// One system at a time: each is seven processes, and the machine may have two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(BrowserFixture))]
