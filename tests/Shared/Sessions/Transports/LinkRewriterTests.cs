using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Transports.Url;

namespace ShopSession.Sessions.Tests.Transports;

public sealed class LinkRewriterTests
{
    private static readonly string[] Hosts = ["shop.localhost", "auth.shop.localhost", "cart.shop.localhost"];

    [Theory]
    // Its own addresses, absolute or not.
    [InlineData("/", "/?sid=ID")]
    [InlineData("/a?b=1", "/a?b=1&sid=ID")]
    [InlineData("?b=1", "?b=1&sid=ID")]
    [InlineData("a/b", "a/b?sid=ID")]
    [InlineData("http://auth.shop.localhost:8080/login", "http://auth.shop.localhost:8080/login?sid=ID")]
    [InlineData("http://SHOP.localhost:8080/a#b", "http://SHOP.localhost:8080/a?sid=ID#b")]
    // An old id makes way for the new one.
    [InlineData("/a?sid=OLD&b=1", "/a?b=1&sid=ID")]
    [InlineData("/a?side=OLD", "/a?side=OLD&sid=ID")]
    // What is not the site's stays as it is: other hosts, other ports, other schemes, and what only looks alike.
    [InlineData("#top", "#top")]
    [InlineData("", "")]
    [InlineData("http://evil.example/", "http://evil.example/")]
    [InlineData("//evil.example/", "//evil.example/")]
    [InlineData("/\\evil.example/", "/\\evil.example/")]
    [InlineData("http://shop.localhost:9000/", "http://shop.localhost:9000/")]
    [InlineData("http://evilshop.localhost:8080/", "http://evilshop.localhost:8080/")]
    [InlineData("http://shop.localhost:8080@evil.example/", "http://shop.localhost:8080@evil.example/")]
    [InlineData("mailto:a@shop.localhost", "mailto:a@shop.localhost")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)")]
    public void An_address_of_the_site_carries_the_id_and_no_other_does(string address, string expected) => Assert.Equal(expected, With("ID").Put(address));

    [Theory]
    [InlineData("/a?sid=OLD&b=1#c", "/a?b=1#c")]
    [InlineData("/a?sid=OLD", "/a")]
    [InlineData("/a", "/a")]
    public void Without_a_session_an_old_id_is_taken_out(string address, string expected) => Assert.Equal(expected, With(null).Put(address));

    [Theory]
    [InlineData("""<a class="x" href="/a?b=1&amp;c=2">""", """<a class="x" href="/a?b=1&amp;c=2&amp;sid=ID">""")]
    [InlineData("""<A HREF='/a'>""", """<A HREF="/a?sid=ID">""")]
    [InlineData("""<a title="a > b" href="/a">""", """<a title="a > b" href="/a?sid=ID">""")]
    [InlineData("""<form method="post" action="/go">""", """<form method="post" action="/go?sid=ID">""")]
    [InlineData("""<form method="post">""", """<form method="post" action="/page?q=1&amp;sid=ID">""")]
    [InlineData("""<form action="/search">""", """<form action="/search?sid=ID"><input type="hidden" name="sid" value="ID">""")]
    [InlineData("""<form action="http://evil.example/">""", """<form action="http://evil.example/">""")]
    [InlineData("""<button formaction="/other">""", """<button formaction="/other?sid=ID">""")]
    // What is loaded and not followed, and what only looks like a link.
    [InlineData("""<link rel="canonical" href="/a">""", """<link rel="canonical" href="/a">""")]
    [InlineData("""<img src="/a.png">""", """<img src="/a.png">""")]
    [InlineData("""<a data-href="/a">""", """<a data-href="/a">""")]
    [InlineData("""<abbr href="/a">""", """<abbr href="/a">""")]
    [InlineData("""<p>href="/a"</p>""", """<p>href="/a"</p>""")]
    public void Links_and_forms_are_rewritten_and_nothing_else(string html, string expected) => Assert.Equal(expected, LinkRewriter.Rewrite(html, With("ID"), "/page?q=1"));

    private static OwnAddresses With(string? id) => new("sid", id, Hosts, new HostString("catalog.shop.localhost", 8080));
}
