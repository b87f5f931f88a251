using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Auth.Accounts;
using ShopSession.Web.Errors;
using ShopSession.Web.Returns;

namespace ShopSession.Auth.Pages;

/// <summary>A page with a form: on trouble it comes back as it was typed, with what is wrong said at the field or above the form.</summary>
public abstract class FormPage : PageModel
{
    /// <summary>What went wrong with the form as a whole.</summary>
    public ShopProblem? Problem { get; private set; }

    /// <summary>Shows the page again with a problem above the form.</summary>
    protected IActionResult Refuse(ShopProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait) Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    /// <summary>Shows the page again with what is wrong at each field. <paramref name="prefix"/> and the field's name make the page's property.</summary>
    internal IActionResult Refuse(FieldErrors errors, string prefix)
    {
        foreach (var (field, messages) in errors.All)
        {
            foreach (var message in messages) ModelState.AddModelError($"{prefix}.{char.ToUpperInvariant(field[0])}{field[1..]}", message);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Goes on after a form: to the page that the visitor came from, if it is the shop's, else home.</summary>
    protected IActionResult Return(ReturnUrls returns, string? returnUrl)
    {
        ArgumentNullException.ThrowIfNull(returns);
        return new SeeOther(returns.OrHome(returnUrl));
    }
}
