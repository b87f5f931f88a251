using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ShopSession.Redis.DataProtection;

/// <summary>
/// Data-protection keys in a Redis list, one XML element per item: the layout of Microsoft's Redis repository, so that both read
/// one another's keys. Asked by the framework at its start and about once a day.
/// </summary>
internal sealed class RedisXmlRepository(IRedisClient client, RedisKey key) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var reply = BlockingCall.Run(() => client.ExecuteAsync(new RedisCommand("LRANGE", key, 0L, -1L)).AsTask());
        return [.. reply.Items.Select(static item => XElement.Parse(item.AsString()!))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var text = element.ToString(SaveOptions.DisableFormatting);
        BlockingCall.Run(() => client.ExecuteAsync(new RedisCommand("RPUSH", key, text)).AsTask());
    }
}
