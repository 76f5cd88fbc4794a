using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>A request as a query string, and back: a link to a plan is the plan's request.</summary>
internal static class PlanQuery
{
    private const int LongestText = 400;

    /// <summary>The request's texts; an empty field is one that says nothing, a repeated field is a list.</summary>
    /// <exception cref="InputException">An unknown field, or a text that is too long.</exception>
    public static RequestTexts Read(IQueryCollection query)
    {
        var texts = new RequestTexts();
        foreach (var (name, values) in query)
        {
            var field = PlanFields.All.FirstOrDefault(known => known.Name == name);
            var text = string.Join(field?.Separator ?? ',', values.Where(value => !string.IsNullOrWhiteSpace(value)));
            if (text.Length > LongestText)
                throw new InputException($"{name} has {text.Length} characters, allowed {LongestText}");
            if (name == PlanFields.Spot)
                texts = texts with { Spot = text is not ("" or "false" or "0") };
            else if (field is not null)
                texts = text.Length == 0 ? texts : field.Write(texts, text);
            else
                throw new InputException(NearestNames.Unknown("field", name[..Math.Min(name.Length, LongestText)], PlanFields.All.Select(known => known.Name).Append(PlanFields.Spot)));
        }
        return texts;
    }

    /// <summary>The query string of a request, fields in fixed order, without the question mark.</summary>
    public static string Write(RequestTexts texts)
    {
        var parts = PlanFields.All
            .Select(field => (field.Name, Text: field.Read(texts)))
            .Where(part => part.Text is not null)
            .Select(part => $"{part.Name}={UrlEncoder.Default.Encode(part.Text!)}");
        return string.Join('&', texts.Spot ? parts.Append($"{PlanFields.Spot}=true") : parts);
    }
}
