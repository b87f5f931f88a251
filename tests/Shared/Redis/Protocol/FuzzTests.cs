using System.Globalization;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Tests.Protocol;

/// <summary>
/// Replies with random damage, in random pieces. Whatever comes, each caller gets the reply that stands in its place or an error,
/// nothing else is thrown and nothing hangs. <c>REDIS_FUZZ_COUNT</c> and <c>REDIS_FUZZ_SEED</c> change the amount and the beginning.
/// </summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Seeds = [.. RespSamples.All.Select(sample => RespSamples.Bytes(sample.Wire)).Where(bytes => bytes.Length < 2000)];
    private static readonly int Count = Setting("REDIS_FUZZ_COUNT", 100_000);

    private static readonly int PingLength = "*1\r\n$4\r\nPING\r\n".Length;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Damaged_replies_are_read_as_the_plain_reading_reads_them_or_refused()
    {
        var random = Random(out var seed);
        var refused = 0;
        for (var i = 0; i < Count; i++)
        {
            var bytes = Damaged(random);
            var expected = new ReferenceParser(bytes).ReadAll();
            var (read, wasRefused) = Parse(bytes, random);
            if (wasRefused) refused++;
            Assert.True(expected.SequenceEqual(read), $"seed {seed}, round {i}: {Convert.ToHexString(bytes)}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Count} rounds from seed {seed}: {refused} refused");
        Assert.InRange(refused, Count / 10, Count);
    }

    [Fact]
    public async Task Damaged_replies_reach_the_caller_in_whose_place_they_stand_or_nobody()
    {
        var random = Random(out var seed);
        var (answered, failed) = (0, 0);
        for (var i = 0; i < Count / 10; i++)
        {
            var bytes = Damaged(random);
            var expected = new ReferenceParser(bytes).ReadAll().Where(reply => !reply.IsPush).Select(reply => reply.Meaning).ToList();
            var stream = new RecordedStream(bytes, random.Next());
            await using var connection = new RedisConnection(stream, ConnectionSettings.Patient) { Protocol = 3 };
            var deadline = TimeProvider.System.GetTimestamp() + (60 * TimeProvider.System.TimestampFrequency);
            var callers = Enumerable.Range(0, 6)
                .Select(_ => connection.SendAsync(new RedisPayload(new RedisCommand("PING")), deadline, Stop).AsTask()).ToArray();
            connection.Start();
            // A reply to what was not sent yet would be nobody's.
            while (stream.Written < callers.Length * PingLength) await Task.Yield();
            stream.Release();
            for (var caller = 0; caller < callers.Length; caller++)
            {
                try
                {
                    var reply = await callers[caller].WaitAsync(TimeSpan.FromSeconds(30), Stop);
                    Assert.True(
                        caller < expected.Count && expected[caller] == RespSamples.Meaning(reply), $"seed {seed}, round {i}, caller {caller}: {Convert.ToHexString(bytes)}");
                    answered++;
                }
                catch (Exception e) when (e is RedisOutcomeUnknownException or RedisUnavailableException)
                {
                    Assert.True(caller >= expected.Count, $"seed {seed}, round {i}: caller {caller} got no reply: {Convert.ToHexString(bytes)}");
                    failed++;
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Count / 10} connections from seed {seed}: {answered} answered, {failed} failed");
        Assert.True(answered > 0 && failed > 0);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static Random Random(out int seed) => new(seed = Setting("REDIS_FUZZ_SEED", Environment.TickCount));

    private static (List<(string, bool)> Read, bool Refused) Parse(byte[] bytes, Random random)
    {
        var parser = new RespParser(new RespLimits());
        var read = new List<(string, bool)>();
        var (from, to) = (0, 0);
        try
        {
            while (to < bytes.Length)
            {
                to = Math.Min(bytes.Length, to + random.Next(1, 40));
                ReadOnlySpan<byte> input = bytes.AsSpan(from..to);
                while (parser.TryRead(ref input, out var reply, out var isPush)) read.Add((RespSamples.Meaning(reply), isPush));
                from = to - input.Length;
            }

            return (read, false);
        }
        catch (RedisProtocolException)
        {
            return (read, true);
        }
    }

    private static byte[] Damaged(Random random)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(1, 6); i > 0; i--) bytes.AddRange(Seeds[random.Next(Seeds.Length)]);
        for (var i = random.Next(0, 4); i > 0 && bytes.Count > 1; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.RemoveRange(at, random.Next(bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(20), bytes.Count - at))); break;
                case 5: bytes[at] = (byte)"0123456789-$*%~>|\r\n"[random.Next(19)]; break;
                default: (bytes[at], bytes[0]) = (bytes[0], bytes[at]); break;
            }
        }

        return [.. bytes];
    }
}
