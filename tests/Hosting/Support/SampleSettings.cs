using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Support;

/// <summary>How a sample application is started: its own ports and data directory, removed at the end.</summary>
internal sealed class SampleSettings : IDisposable
{
    private readonly Dictionary<string, string> _more = [];

    public int Port { get; init; } = FreePort.Next();

    public int DashboardPort { get; init; } = FreePort.Next();

    public string DataDirectory { get; init; } = Directory.CreateTempSubdirectory("sample-").FullName;

    public string this[string variable]
    {
        set => _more[variable] = value;
    }

    public IEnumerable<KeyValuePair<string, string>> Variables() => _more.Concat(new Dictionary<string, string>
    {
        ["Sample__Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Sample__DashboardPort"] = DashboardPort.ToString(CultureInfo.InvariantCulture),
        ["Sample__RunnerToken"] = SampleProgram.Token,
        ["Sample__DataDirectory"] = DataDirectory,
        ["DOTNET_TieredPGO"] = "0",
    }).DistinctBy(pair => pair.Key);

    public void Dispose()
    {
        if (Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }
}
