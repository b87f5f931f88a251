using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.SignIn;
using ShopSession.Web;

namespace ShopSession.Auth.Pages;

/// <summary>Asks on GET, so that no link or picture can sign anyone out, and signs out on POST.</summary>
internal sealed class LogoutModel(ShopUrls urls) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await SessionEnding.HereAsync(HttpContext);
        return new SeeOther(urls.Home());
    }
}
