using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace ShopSession.Web.Clients;

/// <summary>
/// The addresses of one sibling service, as the runner (<c>services:cart:http:0 … N</c>) or Aspire (one, its proxy) gives them; chosen
/// in turn. An address that could not be connected to is tried last for a short while. Safe for concurrent use.
/// </summary>
internal sealed class ServiceAddresses
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private static readonly string[] Schemes = ["http", "https"];

    private readonly Uri[] _addresses;
    private readonly ConcurrentDictionary<Uri, long> _failedAt = new();
    private readonly TimeProvider _time;
    private int _turn = Random.Shared.Next(1024);

    public ServiceAddresses(string service, IConfiguration configuration, TimeProvider time)
    {
        _time = time;
        Service = service;
        _addresses = [.. Schemes.SelectMany(scheme => configuration.GetSection($"services:{service}:{scheme}").GetChildren()
            .OrderBy(child => int.TryParse(child.Key, out var index) ? index : int.MaxValue)
            .Select(child => Parse(service, child)))];
    }

    public string Service { get; }

    /// <summary>All addresses in the order in which to try them: the next in turn first, those that lately failed last.</summary>
    public IReadOnlyList<Uri> InOrder()
    {
        if (_addresses.Length <= 1) return _addresses;
        var turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        var order = new List<Uri>(_addresses.Length);
        var resting = new List<Uri>();
        for (var i = 0; i < _addresses.Length; i++)
        {
            var address = _addresses[(turn + i) % _addresses.Length];
            (IsResting(address) ? resting : order).Add(address);
        }

        order.AddRange(resting);
        return order;
    }

    public void Failed(Uri address) => _failedAt[address] = _time.GetTimestamp();

    public void Answered(Uri address) => _failedAt.TryRemove(address, out _);

    private bool IsResting(Uri address) => _failedAt.TryGetValue(address, out var at) && _time.GetElapsedTime(at) < Rest;

    private static Uri Parse(string service, IConfigurationSection setting) =>
        Uri.TryCreate(setting.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Uri(uri.GetLeftPart(UriPartial.Authority))
            : throw new InvalidOperationException($"services:{service} has the address \"{setting.Value}\": expected an absolute http or https address, for example http://127.0.0.1:5001.");
}
