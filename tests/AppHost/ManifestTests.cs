using System.Text;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace ShopSession.AppHost.Tests;

public sealed class ManifestTests
{
    [Fact]
    public async Task The_committed_manifest_is_what_the_model_gives()
    {
        var path = Path.GetFullPath("../../aspire-manifest.json", Projects.AppHost.ProjectPath);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--publisher", "manifest", "--output-path", path, "Shop:Port=8080", "Shop:Domain=shop.localhost", "ConnectionStrings:redis="], TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        await app.Services.GetRequiredService<ManifestPublisher>().WriteAsync(stream, path, TestContext.Current.CancellationToken);

        var committed = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.True(
            committed == Encoding.UTF8.GetString(stream.ToArray()),
            "aspire-manifest.json is not what the model gives. Write it anew: dotnet run --project src/AppHost -- --publisher manifest --output-path aspire-manifest.json");
    }
}
