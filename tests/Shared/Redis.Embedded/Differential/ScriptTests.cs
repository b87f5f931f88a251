using ShopSession.Redis.Embedded.Tests.Differential.Scripts;

namespace ShopSession.Redis.Embedded.Tests.Differential;

public sealed class ScriptTests
{
    public static TheoryData<string, int> Groups()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in AllScripts.ByGroup.Keys)
        {
            data.Add(name, 2);
            data.Add(name, 3);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task Every_reply_is_that_of_Redis(string group, int protocol)
    {
        await using var pair = await DifferentialPair.StartAsync(protocol);
        await pair.RunAsync(AllScripts.ByGroup[group]);
        await pair.CompareContentAsync();
    }
}
