using Microsoft.Playwright;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Support;

/// <summary>A person with a browser of their own: what they do on the shop's pages, through what they see there.</summary>
internal sealed class Visitor(IBrowserContext context, IPage page, string domain, int port)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public IBrowserContext Context => context;

    public IPage Page => page;

    public ILocator UserName => page.GetByTestId("user-name");

    public ILocator SignInLink => page.GetByTestId("sign-in");

    public ILocator CartCount => page.GetByTestId("cart-count");

    public ILocator CartLines => page.GetByTestId("cart-line");

    /// <param name="service"><c>auth</c>, <c>cart</c>, <c>catalog</c>; empty for the storefront.</param>
    public string Address(string service, string path = "/") => $"http://{(service.Length > 0 ? service + "." : "")}{domain}:{port}{path}";

    /// <summary>Opens a page and expects it to be there.</summary>
    public async Task<IResponse> OpenAsync(string service, string path = "/")
    {
        var answer = await page.GotoAsync(Address(service, path)) ?? throw new InvalidOperationException($"No answer from {service}{path}.");
        Assert.True(answer.Ok, $"{answer.Request.Method} {answer.Url}: {answer.Status}");
        return answer;
    }

    /// <summary>Opens a page and returns which replica served it.</summary>
    public async Task<string> ReplicaOfAsync(string service, string path = "/")
    {
        var answer = await OpenAsync(service, path);
        return await answer.HeaderValueAsync("X-Shop-Replica") ?? throw new InvalidOperationException($"{answer.Url} names no replica.");
    }

    /// <summary>
    /// Waits until the browser has left for such an address. Not for the load event of what is there: behind a redirect it may have come before the wait for it began, and would never come again.
    /// What is then looked for on the page is waited for by itself.
    /// </summary>
    public Task UntilAtAsync(Func<Uri, bool> isIt) => page.WaitForURLAsync(url => isIt(new Uri(url)), new() { WaitUntil = WaitUntilState.Commit });

    /// <summary>
    /// Waits until an expression of JavaScript is true in the page. Asked from outside each time: Playwright's own waiting evaluates text inside the page, which the shop's content security policy refuses from the second look on.
    /// </summary>
    public Task UntilTrueAsync(string expression) => Poll.UntilAsync(() => page.EvaluateAsync<bool>(expression), Limit, expression, TestContext.Current.CancellationToken);

    public async Task SignInAsync(User user, bool remember = false)
    {
        await OpenAsync("auth", "/login");
        await SubmitSignInAsync(user, remember);
    }

    /// <summary>Fills the sign-in form that is open.</summary>
    public async Task SubmitSignInAsync(User user, bool remember = false)
    {
        await page.Locator("main input[type=email]").FillAsync(user.Email);
        await page.Locator("main input[type=password]").FillAsync(user.Password);
        if (remember) await page.Locator("main input[type=checkbox]").CheckAsync();
        await page.GetByTestId("submit-login").ClickAsync();
        await UntilAtAsync(url => !url.AbsolutePath.StartsWith("/login", StringComparison.OrdinalIgnoreCase));
    }

    public async Task ExpectSignedInAsync(User user) => await Assertions.Expect(UserName).ToContainTextAsync(user.DisplayName);

    public async Task ExpectSignedOutAsync()
    {
        await Assertions.Expect(SignInLink).ToBeVisibleAsync();
        await Assertions.Expect(UserName).ToHaveCountAsync(0);
    }

    /// <summary>
    /// Expects the number in the header. A header without one is allowed when the cart takes more than half a second to answer, as on a
    /// machine that is busy; the page is then looked at again.
    /// </summary>
    public async Task ExpectCartCountAsync(int count)
    {
        var expected = count == 0 ? "" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var reloads = 0; reloads < 3 && !await CountBecomesAsync(expected); reloads++)
        {
            if (await CartCount.InnerTextAsync() is not "") break;
            await page.ReloadAsync();
        }
        await Assertions.Expect(CartCount).ToHaveTextAsync(expected);
    }

    private async Task<bool> CountBecomesAsync(string text)
    {
        try
        {
            await Assertions.Expect(CartCount).ToHaveTextAsync(text, new() { Timeout = 5_000 });
            return true;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    /// <summary>Opens a product that is in stock and puts one of it into the empty cart. Returns its name.</summary>
    public async Task<string> AddProductAsync()
    {
        await OpenAsync("catalog", "/products?inStock=true");
        await page.GetByTestId("product-card").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await UntilAtAsync(url => url.AbsolutePath.StartsWith("/products/", StringComparison.Ordinal));
        var name = await page.Locator("main h1").InnerTextAsync();
        await page.Locator("main").GetByTestId("add-to-cart").First.ClickAsync();
        // With script the page stays and its header changes; without, the next page has the new number.
        await ExpectCartCountAsync(1);
        return name.Trim();
    }

    /// <summary>Goes from the cart through the checkout and returns the number of the order.</summary>
    public async Task<string> OrderAsync(User user)
    {
        await OpenAsync("cart");
        await page.GetByTestId("checkout").ClickAsync();
        await page.Locator("#Input_Email").FillAsync(user.Email);
        await page.Locator("#Input_Name").FillAsync(user.DisplayName);
        await page.Locator("#Input_Line1").FillAsync("1 Harbour Road");
        await page.Locator("#Input_PostalCode").FillAsync("20095");
        await page.Locator("#Input_City").FillAsync("Hamburg");
        await page.GetByTestId("place-order").ClickAsync();
        return (await page.GetByTestId("order-number").InnerTextAsync()).Trim();
    }

    public async Task<BrowserContextCookiesResult> SessionCookieAsync() =>
        Assert.Single(await context.CookiesAsync(), cookie => cookie.Name == "__Secure-shop.sid");
}
