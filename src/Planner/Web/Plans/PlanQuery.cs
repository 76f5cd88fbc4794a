using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A request as a query string, and back: a link to a plan is the plan's request.</summary>
internal static class PlanQuery
{
    private const string Ticked = "true";
    private const int LongestText = 400;

    /// <summary>What the query gives; an empty field is one that says nothing, a repeated field is a list.</summary>
    /// <exception cref="InputException">An unknown field, or a text that is too long.</exception>
    public static Given Read(IQueryCollection query)
    {
        var given = new Given();
        foreach (var (name, values) in query)
        {
            var field = PlanFields.All.FirstOrDefault(known => known.Name == name)
                ?? throw new InputException(NearestNames.Unknown("field", name[..Math.Min(name.Length, LongestText)],
                    PlanFields.All.Select(known => known.Name)));
            var text = Text(field, values);
            if (text.Length > LongestText)
                throw new InputException($"{name} has {text.Length} characters, allowed up to {LongestText}");
            if (text.Length > 0)
                given = given.With(field, text);
        }
        return given;
    }

    /// <summary>The query string of a request, fields in fixed order, without the question mark.</summary>
    public static string Write(Given given) => string.Join('&', PlanFields.All
        .Where(given.Has)
        .Select(field => $"{field.Name}={UrlEncoder.Default.Encode(given.Text(field)!)}"));

    /// <summary>A field's texts as one; a box that is ticked, however a link says so, is <c>true</c>.</summary>
    private static string Text(CommandOption field, StringValues values)
    {
        var text = string.Join(field.Separator ?? ',', values.Where(value => !string.IsNullOrWhiteSpace(value)));
        return !field.IsFlag ? text : text is "" or "false" or "0" ? "" : Ticked;
    }
}
