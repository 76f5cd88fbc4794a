using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Presentation.Plans.Page;

/// <summary>A headed part of the page.</summary>
/// <param name="Id">What links point to.</param>
/// <param name="Link">Its name in the navigation.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What it holds.</param>
/// <param name="StartsPage">True to begin a new page on paper.</param>
internal sealed record PageSection(string Id, string Link, string Title, Html Body, bool StartsPage = false)
{
    /// <summary>True when there is nothing to show.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Body.ToString());

    /// <summary>The section with its heading.</summary>
    public Html Render() => Html.Of($"""
        <section id="{Id}"{Html.Trusted(StartsPage ? " class=\"page\"" : "")}>
        <h2>{Title}</h2>
        {Body}</section>

        """);
}
