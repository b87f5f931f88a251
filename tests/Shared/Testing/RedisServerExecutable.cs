using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ShopSession.Testing;

/// <summary>Finds the server's program and starts it: redis-server, or the embedded store where <c>SHOP_TEST_STORE</c> is <c>embedded</c>.</summary>
internal static class RedisServerExecutable
{
    private const string StoreVariable = "SHOP_TEST_STORE";

    private static readonly string[] Names = ["redis-server", "valkey-server"];

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static void Require()
    {
        if (IsEmbedded) return;
        if (Find() is null)
            Assert.Skip("Neither redis-server nor valkey-server is on the PATH. Install one (Debian: redis-server) to run this test.");
    }

    public static Process Start(RedisServerOptions options, int port, int busPort, string folder, ConcurrentQueue<string> output)
    {
        // The embedded store has neither TLS nor a cluster: tests that need these have the real server in any case.
        var isEmbedded = IsEmbedded && !options.Tls && !options.Cluster && !options.IsReal;
        var start = new ProcessStartInfo(isEmbedded ? EmbeddedProgram() : Find()!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var arguments = isEmbedded ? EmbeddedArguments(options, port, folder) : Arguments(options, port, busPort, folder);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Keep(string? line)
        {
            if (line is null) return;
            output.Enqueue(line);
            if (output.Count > 200) output.TryDequeue(out _);
        }
    }

    private static bool IsEmbedded => Environment.GetEnvironmentVariable(StoreVariable) switch
    {
        null or "" or "redis" => false,
        "embedded" => true,
        var other => throw new InvalidOperationException($"{StoreVariable} is '{other}'; allowed are redis (the default) and embedded."),
    };

    // Beside the tests in the same repository and configuration: …/bin/<configuration>/<framework>/.
    private static string EmbeddedProgram()
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ShopSession.sln"))) root = root.Parent;
        var program = Path.Combine(
            root?.FullName ?? "", "src/Shared/Redis.Embedded/bin", output.Parent!.Name, output.Name, "ShopSession.Redis.Embedded");
        if (OperatingSystem.IsWindows()) program += ".exe";
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException($"{program} is missing. Run: dotnet build src/Shared/Redis.Embedded -c {output.Parent.Name}");
    }

    private static List<string> EmbeddedArguments(RedisServerOptions options, int port, string folder)
    {
        List<string> arguments = ["--port", port.ToString(CultureInfo.InvariantCulture)];
        if (options.AppendOnly) arguments.AddRange(["--dir", folder]);
        if (options.Password is not null) arguments.AddRange(["--requirepass", options.Password]);
        arguments.AddRange(options.Arguments);
        return arguments;
    }

    private static IEnumerable<string> Arguments(RedisServerOptions options, int port, int busPort, string folder)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        yield return "--bind";
        yield return "127.0.0.1";
        yield return "--port";
        yield return options.Tls ? "0" : number;
        yield return "--dir";
        yield return folder;
        yield return "--save";
        yield return "";
        yield return "--appendonly";
        yield return options.AppendOnly ? "yes" : "no";
        // The reply buffer's growth and the number of connections stay small: many of these run side by side.
        yield return "--maxclients";
        yield return "2000";
        if (options.Password is not null)
        {
            yield return "--requirepass";
            yield return options.Password;
        }

        if (options.Tls)
        {
            var (certificate, key) = TestCertificate.WriteTo(folder);
            string[] tls =
            [
                "--tls-port", number, "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate,
                "--tls-auth-clients", "no",
            ];
            foreach (var argument in tls) yield return argument;
        }

        if (options.Cluster)
        {
            string[] cluster =
            [
                "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-node-timeout", "1000",
                "--cluster-port", busPort.ToString(CultureInfo.InvariantCulture),
            ];
            foreach (var argument in cluster) yield return argument;
        }

        foreach (var argument in options.Arguments) yield return argument;
    }
}
