using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ShopSession.Testing;

/// <summary>Finds the server's program and starts it.</summary>
internal static class RedisServerExecutable
{
    private static readonly string[] Names = ["redis-server", "valkey-server"];

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static void Require()
    {
        if (Find() is null)
            Assert.Skip("Neither redis-server nor valkey-server is on the PATH. Install one (Debian: redis-server) to run this test.");
    }

    public static Process Start(RedisServerOptions options, int port, int busPort, string folder, ConcurrentQueue<string> output)
    {
        var start = new ProcessStartInfo(Find()!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in Arguments(options, port, busPort, folder)) start.ArgumentList.Add(argument);
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
