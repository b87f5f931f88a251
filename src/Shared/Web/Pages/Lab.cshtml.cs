using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;
using ShopSession.Web.Lab;
using ShopSession.Web.Lab.Tour;
using ShopSession.Web.Replicas;

namespace ShopSession.Web.Pages;

/// <summary>
/// Shows which replica answers, what it knows of the visitor, and leads through six steps in which sessions survive and die. Every service has the page, since a session in one process's memory
/// is unknown to the other services.
/// </summary>
/// <remarks>
/// Its form carries no anti-forgery token: a token is bound to the login of the page that it stands in, and here the next replica may not know that login, which is what is shown. Requests of
/// other sites are refused by their origin all the same, and all that one could do is to count.
/// </remarks>
[IgnoreAntiforgeryToken]
internal sealed class LabModel(LabSettings lab, ReplicaName replica, ShopUrls urls) : PageModel
{
    private const string CounterKey = "lab.count";

    // Turns alone may lead every reload to the same replica: a page fetches styles and scripts too, and an even number of requests brings two replicas back to where they were.
    private const int MostHops = 3;

    public LabSettings Lab => lab;

    public string Replica => replica.Replica;

    public LabTrail Trail { get; private set; } = LabTrail.Read(null, null);

    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    public ISharedSession Known => HttpContext.GetSharedSession();

    public bool CarriesData => lab.Promises.CarriesData != Promise.Broken && HttpContext.Session.IsAvailable;

    public int Count => HttpContext.Session.GetInt32(CounterKey) ?? 0;

    /// <summary>What the session holds besides the login: names and sizes in bytes.</summary>
    public IEnumerable<(string Name, int Bytes)> Attributes => HttpContext.Session.Keys.Order(StringComparer.Ordinal).Select(key => (key, HttpContext.Session.Get(key)?.Length ?? 0));

    /// <summary>The same page again, at this service; where requests wander, from another replica if one answers.</summary>
    public string Again => Asked(0);

    /// <summary>To where the counter is raised.</summary>
    public string Raise => Here(Trail) + "&handler=count";

    /// <summary>To auth, and from there back to here.</summary>
    public string SignInHere => urls.Auth("/login?returnUrl=" + Uri.EscapeDataString(Here(Trail)));

    public string AtAuth => urls.Auth("/lab" + Trail.Query());

    public string AtHome => urls.Home("/lab" + Trail.Query());

    public string Skip => Here(Trail.At(Math.Min(Trail.Step + 1, LabTour.Steps + 1)));

    /// <summary>Whether links to other sites may say where they were followed: only where just that is to be seen.</summary>
    public string? LinkRelation => lab.HasIdsInUrls ? null : "noreferrer";

    public IActionResult OnGet(string? step, string? trail, int? hop)
    {
        if (!lab.IsOpen) return NotFound();
        Response.Headers.CacheControl = "no-store";
        var answer = lab.Answer(IsSignedIn);
        Trail = LabTrail.Read(step, trail);
        if (hop is >= 0 and < MostHops and var hops && lab.Setting.Wanders && Trail.Answers is [.., var last] && last.Replica == answer.Replica) return Redirect(Asked(hops + 1));
        Trail = Trail.With(answer, lab.Replicas);
        return Page();
    }

    public IActionResult OnPostCount(string? step, string? trail)
    {
        if (!lab.IsOpen) return NotFound();
        if (CarriesData) HttpContext.Session.SetInt32(CounterKey, Count + 1);
        return Redirect(Here(LabTrail.Read(step, trail)));
    }

    private string Asked(int hops) => string.Create(CultureInfo.InvariantCulture, $"{Here(Trail)}&hop={hops}");

    private string Here(LabTrail trail) => replica.Service switch
    {
        "auth" => urls.Auth("/lab" + trail.Query()),
        "cart" => urls.Cart("/lab" + trail.Query()),
        _ => urls.Home("/lab" + trail.Query()),
    };
}
