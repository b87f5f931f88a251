using System.Net;
using ShopSession.Auth.Tests.Harness;

namespace ShopSession.Auth.Tests.Localization;

[Collection(AuthCollection.Name)]
public sealed class ChinesePagesTests(AuthSite site)
{
    [Fact]
    public async Task Registering_in_Chinese_says_what_is_wrong_in_Chinese_and_writes_in_Chinese()
    {
        using var browser = await ChineseAsync();
        var person = Person.New();
        var page = await FormPage.OpenAsync(browser, "/register");
        Assert.Equal("zh-Hans", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("注册账户", page.Document.QuerySelector("h1")!.TextContent);

        var refused = await page.SendAsync("[data-testid='submit-register']", ("Input.Email", "ada"), ("Input.Password", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("请输入您的称呼。", refused.ErrorAt("Input.DisplayName"));
        Assert.StartsWith("至少 8 个字符", refused.ErrorAt("Input.Password"), StringComparison.Ordinal);

        var next = await refused.SendAsync("[data-testid='submit-register']", ("Input.DisplayName", person.DisplayName), ("Input.Email", person.Email), ("Input.Password", person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, next.Status);
        var mail = await Mailbox.WaitAsync(browser, person.Email, "验证您的电子邮箱");
        Assert.Contains("链接三天内有效", mail, StringComparison.Ordinal);
        Assert.Contains("欢迎加入", (await FormPage.OpenAsync(browser, "/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_the_account_speak_Chinese_to_the_one_browser_and_English_to_the_other()
    {
        using var chinese = await ChineseAsync();
        var person = await Person.RegisterAsync(chinese);
        await chinese.SignInAsync(person);
        using var english = site.NewBrowser();
        await english.SignInAsync(person);
        foreach (var (path, heading) in new[] { ("/account", "我的账户"), ("/account/devices", "登录的设备"), ("/account/two-factor", "两步验证已关闭"), ("/account/data", "注销账户") })
        {
            Assert.Contains(heading, (await FormPage.OpenAsync(chinese, path)).Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", (await FormPage.OpenAsync(english, path)).Document.QuerySelector("main")!.TextContent);
        }
    }

    [Fact]
    public async Task The_API_speaks_English()
    {
        using var browser = await ChineseAsync();
        var answer = await browser.ExpectAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/register", new { email = "ada", password = "short", displayName = "" });
        Assert.Equal("Enter the name we should call you.", answer.GetProperty("errors").GetProperty("displayName")[0].GetString());
    }

    private async Task<Browser> ChineseAsync()
    {
        var browser = site.NewBrowser();
        using var answer = await browser.FormAsync("/language", new Dictionary<string, string> { ["language"] = "zh-Hans", ["returnUrl"] = "/login" });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }
}
